/** Retries calls to an S3 server after transient failures. All our calls are safe to repeat. */
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "./s3Failure.ts";

export interface Retries {
  /** No retry starts after this time. */
  readonly callSeconds: number;
}

const maxAttempts = 4;
const firstPause = 200;
const passing = new Set([
  "TimeoutError",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "ERR_STREAM_PREMATURE_CLOSE",
  "SlowDown",
  "InternalError",
  "ServiceUnavailable",
  "RequestTimeout",
]);
const passingStatus = /^(?:HTTP (?:408|429|499|5\d\d)|HPE_\w+)$/;

export async function withRetries<T>(call: () => Promise<T>, { callSeconds }: Retries): Promise<T> {
  const deadline = performance.now() + callSeconds * 1000;
  for (let attempt = 1, pause = firstPause; ; attempt++, pause *= 2)
    try {
      return await call();
    } catch (error) {
      const code = codeOf(error);
      const again = (passing.has(code) || passingStatus.test(code)) && attempt < maxAttempts && performance.now() + pause < deadline;
      if (!again) throw error;
      await sleep(pause);
    }
}
