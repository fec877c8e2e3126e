/** Next calls `register` once before the server accepts requests. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const [{ growHeapSlowly }, { allowSlowUploads }, { hideRewrites }, { markTrace }, { reportClientAddresses }, { takeTurns }] =
    await Promise.all([
      import("@pareidolia/server/growHeapSlowly"),
      import("./server/allowSlowUploads.ts"),
      import("./server/hideRewrites.ts"),
      import("./server/markTrace.ts"),
      import("./server/reportClientAddress.ts"),
      import("./server/takeTurns.ts"),
    ]);
  growHeapSlowly();
  allowSlowUploads();
  hideRewrites();
  markTrace();
  reportClientAddresses();
  takeTurns();
}
