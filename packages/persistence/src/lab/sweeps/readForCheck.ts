/** Reads sweeps with the runs, results and decisions from which their pages follow, for checks of the whole installation. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { RankedPoint } from "@pareidolia/core/sweep/halving";
import type { Connection } from "../../server/database/database.ts";

export interface SweepToCheck {
  readonly id: string;
  /** Such as SWP-3. */
  readonly key: string;
  readonly plan: unknown;
  readonly pointCount: number;
  readonly runCount: number;
}

export function listSweepsToCheck(connection: Connection): Promise<SweepToCheck[]> {
  return connection.$queryRaw<SweepToCheck[]>`
    SELECT s.id, 'SWP-' || s.number AS key, s.plan, s.point_count AS "pointCount", s.run_count AS "runCount"
    FROM sweeps s JOIN workspaces w ON w.id = s.workspace_id WHERE w.deleted_at IS NULL ORDER BY s.id`;
}

export interface SweepRunToCheck {
  readonly id: string;
  /** Such as RUN-12. */
  readonly key: string;
  readonly point: number | null;
  readonly replicate: number | null;
  readonly seed: number;
  readonly parameters: Parameters;
}

export function listRunsOfSweep(connection: Connection, sweepId: string): Promise<SweepRunToCheck[]> {
  return connection.$queryRaw<SweepRunToCheck[]>`
    SELECT r.id, 'RUN-' || r.number AS key, r.sweep_point AS point, r.sweep_replicate AS replicate, r.seed, r.parameters
    FROM runs r WHERE r.sweep_id = ${sweepId} ORDER BY r.number`;
}

export interface RungResultToCheck {
  readonly key: string;
  readonly rung: number;
  readonly median: number;
  /** Of the archive at that generation, by elite, and the number of niches. */
  readonly storedFitness: readonly number[];
  readonly niches: number;
}

/** The results of evolutions at the generations of their rungs. Of a trimmed run, the archive of then is gone. */
export function listRungResults(
  connection: Connection,
  { sweepId, generations }: { readonly sweepId: string; readonly generations: readonly number[] },
): Promise<RungResultToCheck[]> {
  return connection.$queryRaw<RungResultToCheck[]>`
    SELECT 'RUN-' || r.number AS key, x.rung, x.median, cardinality(m.labels) AS niches, ARRAY(
        SELECT e.stored_fitness FROM elites e WHERE e.run_id = r.id AND e.generation <= g.generation
          AND (e.replaced_at IS NULL OR e.replaced_at > g.generation)) AS "storedFitness"
    FROM runs r JOIN models m ON m.id = r.model_id JOIN rung_results x ON x.run_id = r.id
      JOIN unnest(${[...generations]}::int[]) WITH ORDINALITY AS g (generation, place) ON g.place = x.rung + 1
    WHERE r.sweep_id = ${sweepId} AND r.kind = 'evolution' AND r.trimmed_at IS NULL ORDER BY r.number, x.rung`;
}

export interface DecisionToCheck extends RankedPoint {
  readonly rung: number;
  /** Medians of the results that the point had when the rung was decided. */
  readonly medians: readonly number[];
}

/** By rung and rank. A run whose own plan ended before the rung counts with its last median. */
export function listDecisions(connection: Connection, sweepId: string): Promise<DecisionToCheck[]> {
  return connection.$queryRaw<DecisionToCheck[]>`
    SELECT d.rung, d.point, d.nines, d.runs, d.rank, d.kept, ARRAY(
        SELECT coalesce(x.median, r.median) FROM runs r LEFT JOIN rung_results x ON x.run_id = r.id AND x.rung = d.rung
          AND x.reached_at <= d.decided_at + interval '1 minute'
        WHERE r.sweep_id = d.sweep_id AND r.sweep_point = d.point AND coalesce(x.median, r.median) IS NOT NULL
          AND (x.median IS NOT NULL OR (r.state = 'SUCCEEDED' AND r.stopped_by IS DISTINCT FROM 'HALVING'
            AND r.ended_at <= d.decided_at + interval '1 minute'))) AS medians
    FROM rung_decisions d WHERE d.sweep_id = ${sweepId} ORDER BY d.rung, d.rank`;
}
