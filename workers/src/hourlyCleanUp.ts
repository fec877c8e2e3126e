/**
 * Removes unused rows and objects every hour. All workers check whether a clean-up is due, and the first one does it. Before a clean-up it
 * checks that the object store belongs to the database, because in another store no object would have a row.
 */

import { type CleanUpResult, runCleanUps } from "@pareidolia/persistence/cleanUps/runCleanUps";
import type { SharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import type { CleanUp } from "@pareidolia/persistence/server/cleanUps/cleanUp";
import { findRecentCleanUps } from "@pareidolia/persistence/server/cleanUps/cleanUpResults";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { allCleanUps } from "./cleanUps/registry.ts";

export interface CleanUpOnceOptions {
  readonly url: string;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly sharedStore: SharedStore;
  readonly onError: (error: unknown) => void;
  readonly cleanUps?: readonly CleanUp[];
}

const hour = 60 * 60;
const defaultSecondsBetweenChecks = 60;

/** Skips kinds that any worker has cleaned up within the last hour. Null while another process cleans up. */
export async function cleanUpOnce(options: CleanUpOnceOptions, signal: AbortSignal): Promise<readonly CleanUpResult[] | null> {
  const { cleanUps = allCleanUps, onError } = options;
  const recent = await findRecentCleanUps(options.database.connection, hour);
  if (cleanUps.every(({ kind }) => recent.has(kind))) return [];
  await options.sharedStore.checkMarker();
  return runCleanUps({ ...options, cleanUps, dryRun: false, signal, secondsBetween: hour, onFailure: (_kind, error) => onError(error) });
}

export interface HourlyCleanUpOptions extends CleanUpOnceOptions {
  /** Interval of the checks whether a clean-up is due. */
  readonly secondsBetweenChecks?: number;
}

/** The first check is after `secondsBetweenChecks`, so as not to slow the worker's start. Closing interrupts a clean-up. */
export function startHourlyCleanUp(options: HourlyCleanUpOptions): { close(): Promise<void> } {
  const stop = new AbortController();
  let cleaning: Promise<unknown> | null = null;
  const check = (): void => {
    cleaning ??= cleanUpOnce(options, stop.signal)
      .catch(options.onError)
      .finally(() => {
        cleaning = null;
      });
  };
  const timer = setInterval(check, (options.secondsBetweenChecks ?? defaultSecondsBetweenChecks) * 1000);
  return {
    async close() {
      clearInterval(timer);
      stop.abort();
      await cleaning;
    },
  };
}
