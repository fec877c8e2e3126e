/** Repeats an idempotent step while what it needs (Postgres, the object store) is away, with growing pauses. */
import { setTimeout as sleep } from "node:timers/promises";
import { isTransientError } from "@pareidolia/persistence/database/transientErrors";
import { findStoreOutage, storeOutage } from "@pareidolia/persistence/objectStores/storeOutage";

export interface RetryOptions {
  /** Ends the pauses; its reason is thrown. */
  readonly signal: AbortSignal;
  /** Gives up, and throws what the last try threw, after this long. */
  readonly patienceSeconds: number;
  /** The same while the object store fails; default: `patienceSeconds`. */
  readonly storePatienceSeconds?: number;
  readonly onRetry: (error: unknown, attempt: number) => void;
  /** Whether the run was asked to pause or cancel, or the worker to stop. Steps that take longer than `graceSeconds` are then abandoned. */
  readonly isHurried?: () => boolean;
  readonly graceSeconds?: number;
}

const firstPause = 100;
const longestPause = 2_000;
const lookEvery = 100;
const defaultGrace = 5;

/** Resolves once `isHurried` has been true for the grace period; never without `isHurried`. */
async function waitUntilOverdue({ isHurried, graceSeconds = defaultGrace }: RetryOptions, over: AbortSignal): Promise<void> {
  if (isHurried === undefined) return new Promise(() => undefined);
  for (let since: number | null = null; !over.aborted; ) {
    await sleep(lookEvery, undefined, { signal: over }).catch(() => undefined);
    since = isHurried() ? (since ?? performance.now()) : null;
    if (since !== null && performance.now() - since >= graceSeconds * 1000) return;
  }
}

/** An abandoned step may still end later; it is idempotent, and its writes to a run are fenced. */
async function unlessOverdue<T>(work: Promise<T>, options: RetryOptions): Promise<T> {
  const over = new AbortController();
  const overdue = waitUntilOverdue(options, over.signal).then(() => {
    throw storeOutage("The run could not be saved in time before it stopped: the object store or the database did not answer.");
  });
  overdue.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, overdue]);
  } finally {
    over.abort();
  }
}

export async function retrying<T>(step: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, patienceSeconds, storePatienceSeconds = patienceSeconds, onRetry } = options;
  const began = performance.now();
  for (let attempt = 1, pause = firstPause; ; attempt++, pause = Math.min(pause * 2, longestPause)) {
    signal.throwIfAborted();
    try {
      return await unlessOverdue(step(), options);
    } catch (error) {
      const patience = findStoreOutage(error) === null ? patienceSeconds : storePatienceSeconds;
      const isLate = performance.now() + pause - began > patience * 1000;
      if (!isTransientError(error) || isLate || options.isHurried?.() === true) throw error;
      onRetry(error, attempt);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
