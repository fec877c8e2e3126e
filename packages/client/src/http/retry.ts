/** Repeats requests that failed for a temporary reason: after the seconds that the API names, or with exponential backoff. */
import { PareidoliaError } from "../pareidoliaError.ts";
import type { Connection } from "./connection.ts";

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
  if (isRefusal(error)) return true;
  return mayHappenTwice && (lostCodes.has(error.code) || (error.code === "BAD_RESPONSE" && lostStatuses.has(error.status ?? 0)));
}

/** Whether the API did nothing because of its rate, so that other requests of the client would fare no better. */
function isRefusal({ code, status }: PareidoliaError): boolean {
  return refusedCodes.has(code) || (code === "BAD_RESPONSE" && status === 429);
}

/**
 * Seconds until the next attempt: a time that doubles, but at least what the API says. A random part keeps programs that failed together from
 * returning together; it never makes the pause shorter than the API says.
 */
export function secondsBefore(attempt: number, retryAfter: number | null): number {
  const backoff = Math.min(longestBackoff, 0.5 * 2 ** attempt) * (0.5 + Math.random() / 2);
  if (retryAfter === null) return backoff;
  return Math.max(retryAfter + Math.min(1, retryAfter / 4) * Math.random(), backoff);
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

/** Pauses after a transient failure of a transfer, which is no request of the queue but whose refusal holds for the others, too. */
export async function pauseAfter(
  { throttle }: Pick<Connection, "throttle">,
  error: PareidoliaError,
  failures: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const seconds = secondsBefore(failures, error.retryAfter);
  if (isRefusal(error)) throttle.hold(seconds);
  await pause(seconds, signal);
}

interface RetryOptions {
  readonly mayHappenTwice: boolean;
  readonly signal?: AbortSignal | undefined;
  /** For a file, which takes long: once it is under way, no other request waits for it. */
  readonly isTransfer?: boolean;
}

/** Refusals count towards the retries only while the client gets no answers at all: otherwise the queue moves on, if slowly. */
export async function withRetries<Result>(
  { retries, throttle }: Pick<Connection, "retries" | "throttle">,
  { mayHappenTwice, signal, isTransfer = false }: RetryOptions,
  send: () => Promise<Result>,
): Promise<Result> {
  let failures = 0;
  let wasRefused = false;
  for (let answered = throttle.answered; ; ) {
    const leave = await throttle.enter(wasRefused, signal);
    if (isTransfer) leave(false);
    let isAnswered = true;
    try {
      return await send();
    } catch (error) {
      if (!isTransient(error, mayHappenTwice)) throw error;
      isAnswered = false;
      wasRefused = isRefusal(error);
      if (wasRefused && throttle.answered > answered) failures = 0;
      ({ answered } = throttle);
      if ((error.retryAfter ?? 0) > longestPause) throw error;
      const seconds = secondsBefore(failures, error.retryAfter);
      if (wasRefused) throttle.hold(seconds);
      if (failures >= retries) throw error;
      failures += 1;
      if (wasRefused) continue;
      leave(false);
      await pause(seconds, signal);
    } finally {
      leave(isAnswered);
    }
  }
}
