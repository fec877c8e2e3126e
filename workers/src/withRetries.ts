/** Retries an idempotent step with exponential backoff while Postgres or the object store is unavailable. */
import { setTimeout as sleep } from "node:timers/promises";
import { isTransientError } from "@pareidolia/persistence/server/database/transientErrors";
import { findStoreOutage, storeOutage } from "@pareidolia/persistence/server/objectStores/storeOutage";

export interface RetryOptions {
  /** Ends the retries; its reason is thrown. */
  readonly signal: AbortSignal;
  /** After this long, the last attempt's error is thrown. */
  readonly timeoutSeconds: number;
  /** The timeout while the object store fails. Default: `timeoutSeconds`. */
  readonly storeTimeoutSeconds?: number;
  readonly onRetry: (error: unknown, attempt: number) => void;
  /** Whether a user has requested to pause or cancel the run, or the worker is stopping. A step is then abandoned after `graceSeconds`. */
  readonly isStopRequested?: () => boolean;
  /** Default: 5. */
  readonly graceSeconds?: number;
}

/** In milliseconds. */
const firstPause = 100;
const maxPause = 2_000;
const checkInterval = 100;
const defaultGraceSeconds = 5;

/** Resolves once `isStopRequested` has been true for the grace period; never without `isStopRequested`. */
async function waitUntilOverdue({ isStopRequested, graceSeconds = defaultGraceSeconds }: RetryOptions, over: AbortSignal): Promise<void> {
  if (isStopRequested === undefined) return new Promise(() => undefined);
  for (let since: number | null = null; !over.aborted; ) {
    // Rejects when the step is over, which ends the loop.
    await sleep(checkInterval, undefined, { signal: over }).catch(() => undefined);
    since = isStopRequested() ? (since ?? performance.now()) : null;
    if (since !== null && performance.now() - since >= graceSeconds * 1000) return;
  }
}

/** An abandoned step may still complete later; it is idempotent, and its writes to a run check the lease. */
async function abandonWhenOverdue<T>(work: Promise<T>, options: RetryOptions): Promise<T> {
  const over = new AbortController();
  const overdue = waitUntilOverdue(options, over.signal).then(() => {
    throw storeOutage("The run could not be saved in time before it stopped: the object store or the database did not answer.");
  });
  // The race reports the first to end; the other one may reject later, when nothing waits for it.
  overdue.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, overdue]);
  } finally {
    over.abort();
  }
}

export async function withRetries<T>(step: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, timeoutSeconds, storeTimeoutSeconds = timeoutSeconds, onRetry } = options;
  const began = performance.now();
  for (let attempt = 1, pause = firstPause; ; attempt++, pause = Math.min(pause * 2, maxPause)) {
    signal.throwIfAborted();
    try {
      return await abandonWhenOverdue(step(), options);
    } catch (error) {
      const seconds = findStoreOutage(error) === null ? timeoutSeconds : storeTimeoutSeconds;
      const isTimeUp = performance.now() + pause - began > seconds * 1000;
      if (!isTransientError(error) || isTimeUp || options.isStopRequested?.() === true) throw error;
      onRetry(error, attempt);
      // Rejects when the run is to stop, which the next attempt checks first.
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
