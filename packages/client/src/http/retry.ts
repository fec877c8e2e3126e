/** Repeats requests that failed for a temporary reason. */
import { isRefusedForRate, isTransient, maxPause, pause, secondsBefore } from "./backoff.ts";
import type { Throttle } from "./throttle.ts";

export interface RetryOptions {
  readonly retries: number;
  readonly mayHappenTwice: boolean;
  /** Null for files, which have no cost. */
  readonly throttle: Throttle | null;
  readonly signal?: AbortSignal | undefined;
}

export async function withRetries<Result>(
  { retries, mayHappenTwice, throttle, signal }: RetryOptions,
  send: () => Promise<Result>,
): Promise<Result> {
  const place = throttle?.join();
  let failures = 0;
  for (;;)
    try {
      return await (throttle === null || place === undefined ? send() : throttle.send(place, signal, send));
    } catch (error) {
      if (!isTransient(error, mayHappenTwice) || (error.retryAfter ?? 0) > maxPause) throw error;
      const waitsInQueue = place !== undefined && isRefusedForRate(error);
      if (waitsInQueue ? place.refusals > retries : failures >= retries) throw error;
      if (waitsInQueue) continue;
      await pause(secondsBefore(failures, error.retryAfter), signal);
      failures += 1;
    }
}
