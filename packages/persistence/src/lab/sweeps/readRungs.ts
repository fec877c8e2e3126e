/** What successive halving has decided in a sweep, and how many runs have reached each rung. */
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

export interface StoredDecision {
  /** From 0. */
  readonly rung: number;
  /** Index of the point. */
  readonly point: number;
  /** Median over its runs; null without a result. */
  readonly nines: number | null;
  readonly runs: number;
  /** From 1, the best. */
  readonly rank: number;
  readonly kept: boolean;
  readonly decidedAt: Date;
}

export interface StoredRungs {
  /** In order of rung and rank. */
  readonly decisions: readonly StoredDecision[];
  /** Runs with a result at each rung, by its index. */
  readonly reached: ReadonlyMap<number, number>;
}

export async function readRungs(connection: Connection, sweepId: string): Promise<StoredRungs> {
  const decisions = await connection.$queryRaw<StoredDecision[]>`
    SELECT rung, point, nines, runs, rank, kept, decided_at AS "decidedAt" FROM rung_decisions WHERE sweep_id = ${sweepId} ORDER BY rung, rank`;
  const counts = await connection.$queryRaw<{ rung: number; count: number }[]>`
    SELECT result.rung, count(*)::int AS count FROM ${liveRuns} r JOIN rung_results result ON result.run_id = r.id
    WHERE r.sweep_id = ${sweepId} GROUP BY result.rung`;
  return { decisions, reached: new Map(counts.map(({ rung, count }) => [rung, count])) };
}
