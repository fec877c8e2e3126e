/** The rungs of a sweep, planned and decided. */
import { mostEvaluations, pointsOfRungs, rungsBelow } from "@pareidolia/core/sweep/halving";
import type { StoredRungs } from "@pareidolia/persistence/lab/sweeps/readRungs";
import type { SweepRecord, SweepRunRow } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import type { SweepRungType } from "./sweepRung.type.ts";

/** Empty for a sweep without successive halving. */
export function rungsOf(
  { plan, pointCount }: SweepRecord,
  rows: readonly SweepRunRow[],
  { decisions, reached }: StoredRungs,
): SweepRungType[] {
  const { halving } = plan.earlyStopping;
  if (halving === null) return [];
  const ends = rungsBelow(halving, Math.max(0, ...rows.map(({ end }) => end ?? 0)));
  const planned = pointsOfRungs(pointCount, ends.length, halving.eta);
  return ends.map((at, rung) => {
    const points = decisions.filter((decision) => decision.rung === rung);
    const [first] = points;
    return {
      number: rung + 1,
      at,
      entered: first === undefined ? (planned[rung] as number) : points.length,
      kept: first === undefined ? (planned[rung + 1] as number) : points.filter(({ kept }) => kept).length,
      reached: reached.get(rung) ?? 0,
      decidedAt: first?.decidedAt ?? null,
      points,
    };
  });
}

/** The most evaluations of all runs; with successive halving fewer than those of all plans together. */
export function expectedEvaluations({ plan }: SweepRecord, rows: readonly SweepRunRow[]): number {
  const { halving } = plan.earlyStopping;
  if (halving === null) return rows.reduce((sum, { totalEvaluations }) => sum + totalEvaluations, 0);
  const byPoint = new Map(rows.map((row) => [row.point, { end: row.end ?? 1, evaluations: row.totalEvaluations }]));
  return mostEvaluations(halving, [...byPoint.values()]) * plan.seeds.length;
}
