/** Repeats requests that failed for a temporary reason: after the seconds that the API names, or with exponential backoff. */
import { PareidoliaError } from "../pareidoliaError.ts";

/** The API did nothing, so any request may be sent again. */
const refusedCodes: ReadonlySet<string> = new Set(["RATE_LIMITED", "TOO_MANY_OPERATIONS"]);
/** Whether the API did anything is unknown, so only a request that may happen twice is sent again. */
const lostCodes: ReadonlySet<string> = new Set(["NETWORK", "TIMEOUT", "UNAVAILABLE"]);
const lostStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/** If a longer pause is needed, the caller decides. */
const longestPause = 60;
const longestBackoff = 15;

export function isTransient(error: unknown, mayHappenTwice: boolean): error is PareidoliaError {
  if (!(error instanceof PareidoliaError)) return false;
  if (refusedCodes.has(error.code)) return true;
  if (error.code === "BAD_RESPONSE" && error.status === 429) return true;
  return mayHappenTwice && (lostCodes.has(error.code) || (error.code === "BAD_RESPONSE" && lostStatuses.has(error.status ?? 0)));
}

/** Seconds until the next attempt: as the API says, otherwise a random part of a time that doubles. */
export function secondsBefore(attempt: number, retryAfter: number | null): number {
  if (retryAfter !== null) return retryAfter;
  return Math.min(longestBackoff, 0.5 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** @throws the reason of `signal` when it aborts. */
export async function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const end = (): void => {
      signal?.removeEventListener("abort", stop);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1_000);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", stop, { once: true });
  });
}

export interface RetryOptions {
  readonly retries: number;
  readonly mayHappenTwice: boolean;
  readonly signal?: AbortSignal | undefined;
}

export async function withRetries<Result>({ retries, mayHappenTwice, signal }: RetryOptions, send: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0; ; attempt += 1)
    try {
      return await send();
    } catch (error) {
      if (attempt >= retries || !isTransient(error, mayHappenTwice)) throw error;
      const seconds = secondsBefore(attempt, error.retryAfter);
      if (seconds > longestPause) throw error;
      await pause(seconds, signal);
    }
}
