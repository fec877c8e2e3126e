/** Which failures are temporary, and how long to wait after them. */
import { PareidoliaError } from "../pareidoliaError.ts";

/** The API did nothing, so any request may be sent again. */
const refusedCodes: ReadonlySet<string> = new Set(["RATE_LIMITED", "TOO_MANY_OPERATIONS"]);
/** Whether the API did anything is unknown, so only a request that may happen twice is sent again. */
const lostCodes: ReadonlySet<string> = new Set(["NETWORK", "TIMEOUT", "UNAVAILABLE"]);
const lostStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/** If the API names more seconds, the caller decides. */
export const maxPause = 60;
const maxBackoff = 15;

/** Whether the API, or a proxy, refused a request only because there were too many. */
export function isRefusedForRate({ code, status }: PareidoliaError): boolean {
  return refusedCodes.has(code) || (code === "BAD_RESPONSE" && status === 429);
}

export function isTransient(error: unknown, mayHappenTwice: boolean): error is PareidoliaError {
  if (!(error instanceof PareidoliaError)) return false;
  if (isRefusedForRate(error)) return true;
  return mayHappenTwice && (lostCodes.has(error.code) || (error.code === "BAD_RESPONSE" && lostStatuses.has(error.status ?? 0)));
}

/**
 * Seconds until the next attempt: those that the API names, and a random part of a time that doubles, so that programs that were refused
 * together do not return together.
 */
export function secondsBefore(attempt: number, retryAfter: number | null): number {
  return (retryAfter ?? 0) + Math.min(maxBackoff, 0.5 * 2 ** attempt) * (0.5 + Math.random() / 2);
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
