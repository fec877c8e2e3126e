/** Reads what a search was asked, and how far each of its configurations has come. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Connection } from "../database.ts";
import { groupInOrderOf, inOrderOf } from "./keyset.ts";

export interface ConfigurationAddress {
  readonly runId: string;
  /** From 0. */
  readonly index: number;
}

export interface SearchPlanRecord {
  readonly runId: string;
  /** The names of the parameters that were drawn. */
  readonly searched: readonly string[];
  /** Each configuration's complete parameters, by its index. */
  readonly configurations: readonly Parameters[];
}

export interface ConfigurationStandingRecord extends ConfigurationAddress {
  readonly stored: number;
  readonly ended: number;
  /** Trajectories that reached the level that was asked for. */
  readonly reached: number;
  /** Over those, of the steps at which they did; null while none has. */
  readonly medianStep: number | null;
  /** Of the last stored confidences. */
  readonly median: number;
}

/** What each run searches; null for one that is no search. */
export async function findSearchPlans(connection: Connection, runIds: readonly string[]): Promise<(SearchPlanRecord | null)[]> {
  const rows = await connection.$queryRaw<SearchPlanRecord[]>`
    SELECT r.id AS "runId", r.plan->'searched' AS searched, r.plan->'configurations' AS configurations
    FROM runs r WHERE r.id = ANY (${[...runIds]}) AND r.plan ? 'configurations'`;
  return inOrderOf(runIds, rows, (row) => row.runId);
}

/** Of each run, those configurations of which something is stored, by index. `level` is one of the milestones of an ascent. */
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
