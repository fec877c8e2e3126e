/**
 * Reads the outcomes of runs: how many of their results are reached, and the median. Those of a run are its columns, which lists, orders and
 * searches read, too. An experiment's outcomes pool the results of runs of the same kind against the same model.
 */
import { type RunKind, runKinds } from "@pareidolia/core/runKinds/registry";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf, inOrderOf } from "../../server/database/inOrderOf.ts";
import { liveRuns } from "../../server/scope/live.ts";
import { figuresOfParts, possibleResults } from "./resultsOfKinds.ts";

export interface OutcomeRecord {
  readonly kind: RunKind;
  readonly modelId: string;
  readonly runCount: number;
  /** Results that meet the criterion of their kind. */
  readonly reached: number;
  readonly total: number;
  /** Median confidence of the results, on stored images; null without results. */
  readonly median: number | null;
}

const kinds = runKinds.map(({ id }) => id);

export async function measureRuns(connection: Connection, runIds: readonly string[]): Promise<(OutcomeRecord | null)[]> {
  const rows = await connection.$queryRaw<(OutcomeRecord & { readonly of: string })[]>(Prisma.sql`
    SELECT r.id AS of, r.kind, r.model_id AS "modelId", 1 AS "runCount", r.fooling_count AS reached, ${possibleResults} AS total, r.median
    FROM ${liveRuns} r JOIN models m ON m.id = r.model_id WHERE r.id = ANY (${[...runIds]}) AND r.kind = ANY (${kinds})`);
  return inOrderOf(runIds, rows, ({ of }) => of);
}

/** One row for each kind and model of an experiment; none without runs. Results name these by number, which is quick to compare. */
export async function measureExperiments(connection: Connection, experimentIds: readonly string[]): Promise<OutcomeRecord[][]> {
  const rows = await connection.$queryRaw<(OutcomeRecord & { readonly of: string })[]>(Prisma.sql`
    WITH chosen AS (
      SELECT live.*, dense_rank() OVER (ORDER BY experiment_id, kind, model_id) AS part
      FROM ${liveRuns} live WHERE experiment_id = ANY (${[...experimentIds]}) AND kind = ANY (${kinds})),
    counted AS (
      SELECT r.part, r.experiment_id AS of, r.kind, r.model_id, count(*)::int AS runs, sum(r.fooling_count)::int AS reached,
        sum(${possibleResults})::int AS total
      FROM chosen r JOIN models m ON m.id = r.model_id GROUP BY 1, 2, 3, 4),
    measured AS (${figuresOfParts})
    SELECT c.of, c.kind, c.model_id AS "modelId", c.runs AS "runCount", c.reached, c.total, d.median
    FROM counted c LEFT JOIN measured d ON d.part = c.part
    ORDER BY c.of, array_position(${kinds}::text[], c.kind), c.model_id`);
  return groupInOrderOf(experimentIds, rows, ({ of }) => of);
}
