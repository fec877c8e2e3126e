/** Next calls `register` once before the server accepts requests. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] === "nodejs") (await import("./server/markTrace.ts")).markTrace();
}
