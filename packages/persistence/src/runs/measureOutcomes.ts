/**
 * Measures the results of runs: classes of an evolution, trajectories of an ascent, attacks of a perturbation, networks of a retraining
 * chain. An experiment's outcomes pool runs of the same kind against the same model.
 */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { RunKind } from "@pareidolia/core/runKinds/registry";
import type { Connection } from "../database/database.ts";
import { groupInOrderOf, inOrderOf } from "../database/inOrderOf.ts";
import { Prisma } from "../generated/client.ts";
import { liveRuns } from "../scope/live.ts";

export interface OutcomeRecord {
  readonly kind: RunKind;
  readonly modelId: string;
  readonly runCount: number;
  /** Successful results: a confidence of .9999, a changed label, a trained network. */
  readonly reached: number;
  readonly total: number;
  /** Median confidence of the results, on stored images; null for kinds that do not measure confidence. */
  readonly median: number | null;
}

interface OutcomeStatements {
  /** One row per result: the run's `part`, `reached`, and `confidence`, which is null if the median leaves the result out. */
  readonly results: Prisma.Sql;
  /** The number of results that a run `r` against model `m` should produce. */
  readonly total: Prisma.Sql;
}

/** Generated from the plan: see the column in the migration `runs_at_scale`. */
const planned = Prisma.sql`r.planned_results`;

const kinds: Readonly<Record<RunKind, OutcomeStatements>> = {
  evolution: {
    // An empty niche of a started run counts with confidence 0.
    results: Prisma.sql`
      SELECT r.part, e.stored_fitness >= ${foolingConfidence}::double precision AS reached,
        CASE WHEN r.generation >= 0 THEN e.stored_fitness END AS confidence
      FROM chosen r JOIN elites e ON e.run_id = r.id AND e.replaced_at IS NULL WHERE r.kind = 'evolution'
      UNION ALL
      SELECT r.part, false, CASE WHEN r.generation >= 0 THEN 0 END
      FROM chosen r JOIN models m ON m.id = r.model_id
      LEFT JOIN LATERAL (SELECT t.current_elites FROM run_totals t WHERE t.run_id = r.id OFFSET 0) t ON true
      CROSS JOIN LATERAL generate_series(1, cardinality(m.labels) - coalesce(t.current_elites, 0)) WHERE r.kind = 'evolution'`,
    total: Prisma.sql`cardinality(m.labels)`,
  },
  ascent: {
    results: Prisma.sql`
      SELECT r.part, t.stored_confidence >= ${foolingConfidence}::double precision AS reached, t.stored_confidence AS confidence
      FROM trajectories t JOIN chosen r ON r.id = t.run_id WHERE r.kind = 'ascent'`,
    total: planned,
  },
  perturbation: {
    results: Prisma.sql`
      SELECT r.part, p.success AS reached, NULL::double precision AS confidence
      FROM perturbations p JOIN chosen r ON r.id = p.run_id WHERE r.kind = 'perturbation'`,
    total: planned,
  },
  retraining: {
    // The median is that of the last fooled network, because it shows whether retraining helps.
    results: Prisma.sql`
      SELECT r.part, l.state = 'SUCCEEDED' AS reached,
        CASE WHEN l.iteration = max(l.iteration) FILTER (WHERE l.median_confidence IS NOT NULL) OVER (PARTITION BY l.chain_id)
          THEN l.median_confidence END AS confidence
      FROM chain_links l JOIN chosen r ON r.id = l.run_id WHERE r.kind = 'retraining'`,
    total: planned,
  },
  imported: {
    // Nothing was measured here.
    results: Prisma.sql`SELECT r.part, false, NULL::double precision FROM chosen r WHERE false`,
    total: planned,
  },
};

const results = Prisma.join(
  Object.values(kinds).map((kind) => kind.results),
  " UNION ALL ",
);
/** The number of results that a run `r` against model `m` should produce. */
export const possibleResults = Prisma.sql`CASE r.kind ${Prisma.join(
  Object.entries(kinds).map(([kind, statements]) => Prisma.sql`WHEN ${kind} THEN ${statements.total}`),
  " ",
)} END`;

type Grouping = "runId" | "experimentId";

/** One row for each kind and model of a group; none for groups without runs. Results name these by number, which is quick to compare. */
async function measure(connection: Connection, group: Grouping, ids: readonly string[]): Promise<(OutcomeRecord & { of: string })[]> {
  const column = group === "runId" ? Prisma.sql`id` : Prisma.sql`experiment_id`;
  return connection.$queryRaw(Prisma.sql`
    WITH chosen AS (
      SELECT live.*, dense_rank() OVER (ORDER BY ${column}, kind, model_id) AS part
      FROM ${liveRuns} live WHERE ${column} = ANY (${[...ids]}) AND kind = ANY (${Object.keys(kinds)})),
    result (part, reached, confidence) AS (${results}),
    counted AS (
      SELECT r.part, r.${column} AS of, r.kind, r.model_id, count(*)::int AS runs, sum(${possibleResults})::int AS total
      FROM chosen r JOIN models m ON m.id = r.model_id GROUP BY 1, 2, 3, 4),
    measured AS (
      SELECT result.part, (count(*) FILTER (WHERE result.reached))::int AS reached,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY result.confidence) AS median
      FROM result GROUP BY 1)
    SELECT c.of, c.kind, c.model_id AS "modelId", c.runs AS "runCount", coalesce(d.reached, 0) AS reached, c.total, d.median
    FROM counted c LEFT JOIN measured d ON d.part = c.part
    ORDER BY c.of, array_position(${Object.keys(kinds)}::text[], c.kind), c.model_id`);
}

export async function measureRuns(connection: Connection, runIds: readonly string[]): Promise<(OutcomeRecord | null)[]> {
  return inOrderOf(runIds, await measure(connection, "runId", runIds), ({ of }) => of);
}

export async function measureExperiments(connection: Connection, experimentIds: readonly string[]): Promise<OutcomeRecord[][]> {
  return groupInOrderOf(experimentIds, await measure(connection, "experimentId", experimentIds), ({ of }) => of);
}
