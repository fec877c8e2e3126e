/** Reads random searches and the results of their configurations. */
import { type AscentSearch, readSearch } from "@pareidolia/core/runKinds/ascent";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf } from "../../server/database/inOrderOf.ts";
import { liveRuns } from "../../server/scope/live.ts";

export interface ConfigurationAddress {
  readonly runId: string;
  /** From 0. */
  readonly index: number;
}

export interface ConfigurationStandingRecord extends ConfigurationAddress {
  readonly stored: number;
  readonly ended: number;
  /** Trajectories that reached the requested level. */
  readonly reached: number;
  /** Of the steps at which these reached the level; null if none did. */
  readonly medianStep: number | null;
  /** Of the last stored confidences. */
  readonly median: number;
}

/** Each run's random search; null for a run without one. @throws AppError CORRUPT_DATA for a damaged plan. */
export async function findSearches(connection: Connection, runIds: readonly string[]): Promise<(AscentSearch | null)[]> {
  const rows = await connection.$queryRaw<{ runId: string; document: unknown }[]>`
    SELECT id AS "runId", plan AS document FROM ${liveRuns} live WHERE id = ANY (${[...runIds]}) AND plan ? 'configurations'`;
  const byRun = new Map(rows.map(({ runId, document }) => [runId, readSearch(document)]));
  return runIds.map((id) => byRun.get(id) ?? null);
}

/** The configurations of each run with stored trajectories, by index. `level` is a milestone of an ascent. */
export async function findConfigurationStandings(
  connection: Connection,
  { runIds, level }: { readonly runIds: readonly string[]; readonly level: number },
): Promise<ConfigurationStandingRecord[][]> {
  const rows = await connection.$queryRaw<ConfigurationStandingRecord[]>`
    SELECT t.run_id AS "runId", t.configuration AS index, count(*)::int AS stored, count(*) FILTER (WHERE t.ended)::int AS ended,
      count(s.step)::int AS reached, percentile_cont(0.5) WITHIN GROUP (ORDER BY s.step) AS "medianStep",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY t.stored_confidence) AS median
    FROM trajectories t LEFT JOIN trajectory_milestones s ON s.trajectory_id = t.id AND s.level = ${level}
    WHERE t.run_id = ANY (${[...runIds]}) GROUP BY t.run_id, t.configuration ORDER BY t.run_id, t.configuration`;
  return groupInOrderOf(runIds, rows, (row) => row.runId);
}
