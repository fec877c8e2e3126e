/** Next calls `register` once before the server accepts requests. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const [{ markTrace }, { reportClientAddresses }] = await Promise.all([
    import("./server/markTrace.ts"),
    import("./server/reportClientAddress.ts"),
  ]);
  markTrace();
  reportClientAddresses();
}
