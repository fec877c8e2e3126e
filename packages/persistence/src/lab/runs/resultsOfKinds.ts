/**
 * What each kind of run produces, in SQL: its results with the condition under which one counts as reached, and their confidences. A run's
 * `fooling_count` and `median` follow from these, and so do the outcomes of experiments.
 */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import { type RunKind, runKinds } from "@pareidolia/core/runKinds/registry";
import { measureOf } from "@pareidolia/core/runKinds/runKind";
import { Prisma } from "../../generated/client.ts";

interface KindStatements {
  /** One row per result of the runs `chosen`: the run's `part`, `reached`, and `confidence`, which is null if the median leaves the result out. */
  readonly results: Prisma.Sql;
  /** The number of results that a run `r` against model `m` should produce. */
  readonly total: Prisma.Sql;
}

/** Generated from the plan: see the column in the migration `runs_at_scale`. */
const planned = Prisma.sql`r.planned_results`;

const kinds: Readonly<Record<RunKind, KindStatements>> = {
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
    // A failed attack shows the original class, so its confidence counts as 0, as for an empty niche.
    results: Prisma.sql`
      SELECT r.part, p.success AS reached, CASE WHEN p.success THEN p.stored_confidence ELSE 0 END AS confidence
      FROM perturbations p JOIN chosen r ON r.id = p.run_id WHERE r.kind = 'perturbation'`,
    total: planned,
  },
  retraining: {
    // A network is fooled by any image of its archive. The median is that of the last fooled network, because it shows whether retraining helps.
    results: Prisma.sql`
      SELECT r.part, l.state = 'SUCCEEDED' AND EXISTS (SELECT FROM chain_elites e
          WHERE e.link_id = l.id AND e.stored_confidence >= ${foolingConfidence}::double precision) AS reached,
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

/** The results of the runs of a table `chosen`, which has runs with a number `part` for each pool. */
export const resultsOfChosen = Prisma.join(
  Object.values(kinds).map((kind) => kind.results),
  " UNION ALL ",
);

/** The count and the median of each `part`. For an even number of results, the median is the mean of the middle two, as workers compute it. */
export const figuresOfParts = Prisma.sql`
  SELECT result.part, (count(*) FILTER (WHERE result.reached))::int AS reached,
    (percentile_disc(0.5) WITHIN GROUP (ORDER BY result.confidence)
      + percentile_disc(0.5) WITHIN GROUP (ORDER BY result.confidence DESC)) / 2 AS median
  FROM (${resultsOfChosen}) AS result (part, reached, confidence) GROUP BY 1`;

/** A value for the kind of a run `r`. */
const ofKind = (valueOf: (kind: RunKind) => Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE r.kind ${Prisma.join(
    runKinds.map(({ id }) => Prisma.sql`WHEN ${id} THEN ${valueOf(id)}`),
    " ",
  )} END`;

/** The number of results that a run `r` against model `m` should produce. */
export const possibleResults = ofKind((kind) => kinds[kind].total);

const measuredKinds = runKinds.flatMap(({ id, outcome }) => (outcome.isMeasured ? [id] : []));

/** The number of results of a run `r` that meet the criterion of its kind; null where nothing was measured. */
export const reachedResults = Prisma.sql`CASE WHEN r.kind = ANY (${measuredKinds}::text[]) THEN r.fooling_count END`;

const measures = new Map(runKinds.map(({ id, outcome }) => [id, measureOf(outcome)]));

/** What a run `r` counts as reached, as a text. */
export const measureOfKind = ofKind((kind) => Prisma.sql`${measures.get(kind) ?? ""}::text`);
