/**
 * A clean-up removes rows or objects of one kind that nothing uses. A grace period spares those that a process may be about to use.
 * Each kind declares its own name, rule and grace period.
 */
import type { Database } from "../database/database.ts";
import type { Amount, ObjectStore } from "../objectStores/objectStore.ts";

export interface CleanUpFigures {
  /** Of a dry run: what would be removed. */
  readonly removed: Amount;
  /** Unused, but still within the grace period. */
  readonly waiting: Amount;
}

export interface CleanUpContext {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  /** Count only, and remove nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

export interface CleanUp {
  readonly kind: string;
  /** Display name. */
  readonly title: string;
  readonly graceSeconds: number;
  /** @throws the signal's reason once it is aborted. */
  cleanUp(context: CleanUpContext): Promise<CleanUpFigures>;
}
