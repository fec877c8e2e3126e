/**
 * Removes unused rows and objects every hour. All workers check whether a sweep is due, and the first one does it. Before a sweep it
 * checks that the object store belongs to the database, because in another store no object would have a row.
 */
import type { Database } from "@pareidolia/persistence/database/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import type { SharedStore } from "@pareidolia/persistence/objectStores/sharedStore";
import { runSweeps, type SweepResult } from "@pareidolia/persistence/sweeps/runSweeps";
import type { Sweep } from "@pareidolia/persistence/sweeps/sweep";
import { findRecentSweeps } from "@pareidolia/persistence/sweeps/sweepResults";
import { allSweeps } from "./sweeps/registry.ts";

export interface StorageSweepOptions {
  readonly url: string;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly sharedStore: SharedStore;
  readonly onError: (error: unknown) => void;
  readonly sweeps?: readonly Sweep[];
}

const hour = 60 * 60;
const defaultSecondsBetweenChecks = 60;

/** Skips kinds that any worker has swept within the last hour. Null while another process sweeps. */
export async function sweepStorageOnce(options: StorageSweepOptions, signal: AbortSignal): Promise<readonly SweepResult[] | null> {
  const { sweeps = allSweeps, onError } = options;
  const recent = await findRecentSweeps(options.database.connection, hour);
  if (sweeps.every(({ kind }) => recent.has(kind))) return [];
  await options.sharedStore.checkMarker();
  return runSweeps({ ...options, sweeps, dryRun: false, signal, secondsBetween: hour, onFailure: (_kind, error) => onError(error) });
}

export interface StorageSweeperOptions extends StorageSweepOptions {
  /** Interval of the checks whether a sweep is due. */
  readonly secondsBetweenChecks?: number;
}

/** The first check is after `secondsBetweenChecks`, so as not to slow the worker's start. Closing the sweeper interrupts a sweep. */
export function startStorageSweeper(options: StorageSweeperOptions): { close(): Promise<void> } {
  const stop = new AbortController();
  let sweeping: Promise<unknown> | null = null;
  const check = (): void => {
    sweeping ??= sweepStorageOnce(options, stop.signal)
      .catch(options.onError)
      .finally(() => {
        sweeping = null;
      });
  };
  const timer = setInterval(check, (options.secondsBetweenChecks ?? defaultSecondsBetweenChecks) * 1000);
  return {
    async close() {
      clearInterval(timer);
      stop.abort();
      await sweeping;
    },
  };
}
