/** Measuring large files may take longer than a request may, so a mutation that finishes uploads is repeated. */
import type { OperationResult } from "urql";

const maxAttempts = 10;
const pauseMilliseconds = 1_000;

export async function repeatLate<Data>(
  send: () => PromiseLike<OperationResult<Data>>,
  signal: AbortSignal,
): Promise<OperationResult<Data>> {
  for (let attempt = 1; ; attempt++) {
    const result = await send();
    const code = result.error?.graphQLErrors[0]?.extensions["code"];
    const isLate = result.data == null && (code === undefined || code === "UNAVAILABLE");
    if (!isLate || attempt === maxAttempts || signal.aborted) return result;
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
}
