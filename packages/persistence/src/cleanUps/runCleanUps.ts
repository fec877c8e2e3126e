/** Runs clean-ups one after the other, in one process at a time, and records their results. A failed clean-up does not stop the others. */
import { AppError } from "@pareidolia/core/appError";
import type { CleanUp, CleanUpContext, CleanUpFigures } from "../server/cleanUps/cleanUp.ts";
import { findRecentCleanUps, saveCleanUp, saveCleanUpFailure } from "../server/cleanUps/cleanUpResults.ts";
import { withAdvisoryLock } from "../server/database/advisoryLock.ts";

export interface RunCleanUpsOptions extends CleanUpContext {
  /** Of the database. */
  readonly url: string;
  readonly cleanUps: readonly CleanUp[];
  /** Skip kinds that were cleaned up more recently. Default: none. */
  readonly secondsBetween?: number;
  readonly onFailure: (kind: string, error: unknown) => void;
}

export interface CleanUpResult {
  readonly kind: string;
  readonly title: string;
  /** Null after a failure. */
  readonly figures: CleanUpFigures | null;
  /** As a human-readable sentence. */
  readonly failure: string | null;
}

const lock = "pareidolia.clean_ups";

async function runOne(cleanUp: CleanUp, options: RunCleanUpsOptions): Promise<CleanUpResult | null> {
  const { database, dryRun, signal } = options;
  const { kind, title } = cleanUp;
  try {
    const figures = await cleanUp.cleanUp(options);
    if (!dryRun) await saveCleanUp(database.connection, cleanUp, figures);
    return { kind, title, figures, failure: null };
  } catch (error) {
    if (signal.aborted) return null;
    options.onFailure(kind, error);
    const failure = error instanceof AppError ? error.message : "It failed. The log has the reason.";
    if (!dryRun) await saveCleanUpFailure(database.connection, cleanUp, failure);
    return { kind, title, figures: null, failure };
  }
}

async function runAll(options: RunCleanUpsOptions): Promise<CleanUpResult[]> {
  const { database, secondsBetween, signal } = options;
  const recent = secondsBetween === undefined ? new Set<string>() : await findRecentCleanUps(database.connection, secondsBetween);
  const results: CleanUpResult[] = [];
  for (const cleanUp of options.cleanUps) {
    if (signal.aborted) break;
    if (recent.has(cleanUp.kind)) continue;
    const result = await runOne(cleanUp, options);
    if (result !== null) results.push(result);
  }
  return results;
}

/** Null while another process cleans up, except for a dry run. An aborted signal ends the clean-ups early. */
export function runCleanUps(options: RunCleanUpsOptions): Promise<readonly CleanUpResult[] | null> {
  return options.dryRun ? runAll(options) : withAdvisoryLock(options.url, lock, () => runAll(options));
}
