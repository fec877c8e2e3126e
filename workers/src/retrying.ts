/** Repeats an idempotent step while what it needs (Postgres, the object store) is away, with growing pauses. */
import { setTimeout as sleep } from "node:timers/promises";
import { isTransientError } from "@pareidolia/persistence/transientErrors";

export interface RetryOptions {
  /** Ends the pauses; its reason is thrown. */
  readonly signal: AbortSignal;
  /** Gives up, and throws what the last try threw, after this long. */
  readonly patienceSeconds: number;
  readonly onRetry: (error: unknown, attempt: number) => void;
}

const firstPause = 100;
const longestPause = 2_000;

export async function retrying<T>(step: () => Promise<T>, { signal, patienceSeconds, onRetry }: RetryOptions): Promise<T> {
  const deadline = performance.now() + patienceSeconds * 1000;
  for (let attempt = 1, pause = firstPause; ; attempt++, pause = Math.min(pause * 2, longestPause)) {
    signal.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      if (!isTransientError(error) || performance.now() + pause > deadline) throw error;
      onRetry(error, attempt);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
