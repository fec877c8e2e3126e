/** Runs sweeps one after the other, in one process at a time, and records their results. A failed sweep does not stop the others. */
import { AppError } from "@pareidolia/core/appError";
import { withAdvisoryLock } from "../database/advisoryLock.ts";
import type { Sweep, SweepContext, SweepFigures } from "./sweep.ts";
import { findRecentSweeps, saveSweep, saveSweepFailure } from "./sweepResults.ts";

export interface RunSweepsOptions extends SweepContext {
  /** Of the database. */
  readonly url: string;
  readonly sweeps: readonly Sweep[];
  /** Skip kinds that were swept more recently. Default: none. */
  readonly secondsBetween?: number;
  readonly onFailure: (kind: string, error: unknown) => void;
}

export interface SweepResult {
  readonly kind: string;
  readonly title: string;
  /** Null after a failure. */
  readonly figures: SweepFigures | null;
  /** As a human-readable sentence. */
  readonly failure: string | null;
}

const lock = "pareidolia.sweeps";

async function runOne(sweep: Sweep, options: RunSweepsOptions): Promise<SweepResult | null> {
  const { database, dryRun, signal } = options;
  const { kind, title } = sweep;
  try {
    const figures = await sweep.sweep(options);
    if (!dryRun) await saveSweep(database.connection, sweep, figures);
    return { kind, title, figures, failure: null };
  } catch (error) {
    if (signal.aborted) return null;
    options.onFailure(kind, error);
    const failure = error instanceof AppError ? error.message : "It failed. The log has the reason.";
    if (!dryRun) await saveSweepFailure(database.connection, sweep, failure);
    return { kind, title, figures: null, failure };
  }
}

async function runAll(options: RunSweepsOptions): Promise<SweepResult[]> {
  const { database, secondsBetween, signal } = options;
  const recent = secondsBetween === undefined ? new Set<string>() : await findRecentSweeps(database.connection, secondsBetween);
  const results: SweepResult[] = [];
  for (const sweep of options.sweeps) {
    if (signal.aborted) break;
    if (recent.has(sweep.kind)) continue;
    const result = await runOne(sweep, options);
    if (result !== null) results.push(result);
  }
  return results;
}

/** Null while another process sweeps, except for a dry run. An aborted signal ends the sweeps early. */
export function runSweeps(options: RunSweepsOptions): Promise<readonly SweepResult[] | null> {
  return options.dryRun ? runAll(options) : withAdvisoryLock(options.url, lock, () => runAll(options));
}
