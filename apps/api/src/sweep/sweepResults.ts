/** Computes the results of a sweep from its runs. Confidences are compared in nines, in which steps near 1 are as large as elsewhere. */
import { importanceOf } from "@pareidolia/analysis/importance/importance";
import type { LevelValue, Observation } from "@pareidolia/analysis/importance/observations";
import type { Share } from "@pareidolia/analysis/importance/variances";
import { fewestForMedian, medianInterval } from "@pareidolia/analysis/medianInterval";
import { quantile } from "@pareidolia/analysis/quantile";
import { ninesRange, toNines } from "@pareidolia/core/nines";
import { planSweep } from "@pareidolia/core/sweep/planSweep";
import { type AxisValue, keyOfValue } from "@pareidolia/core/sweep/sweepAxis";
import { undefinedBecause } from "@pareidolia/perception/agreement/coefficient";
import { meanInterval, momentsOf } from "@pareidolia/perception/intervals/meanInterval";
import type { SweepRecord, SweepRunRow } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import { runKey } from "../globalId/globalId.ts";
import { endsOf } from "../intervalEnds.ts";
import { labelOfAxis } from "./sweepFields.ts";
import type {
  SweepImportanceShareType,
  SweepImportanceType,
  SweepIntervalType,
  SweepPointResultType,
  SweepResultsType,
  SweepRunResultType,
} from "./sweepResults.type.ts";
import { expectedEvaluations } from "./sweepRungs.ts";

/** Of forests, so that a reload shows the same shares. */
const seed = 1;

function medianWithInterval(values: readonly number[]): SweepIntervalType | null {
  if (values.length === 0) return null;
  const found = medianInterval(values);
  const none = undefinedBecause(`A 95% interval of the median needs at least ${fewestForMedian} completed runs.`);
  return { estimate: quantile(values, 0.5), ...endsOf(found === null ? none : { defined: true, ...found }) };
}

function meanWithInterval(values: readonly number[]): SweepIntervalType | null {
  if (values.length === 0) return null;
  const moments = momentsOf(values);
  return { estimate: moments.mean, ...endsOf(meanInterval(moments, ninesRange)) };
}

/** The median in nines of a run that counts: completed, at the latest when a rule ended it. */
function resultOf({ state, median }: SweepRunRow): number[] {
  return state === "SUCCEEDED" && median !== null ? [toNines(median)] : [];
}

function toRun(run: SweepRunRow): SweepRunResultType {
  const { number, median, totalEvaluations, state } = run;
  const progress = state === "SUCCEEDED" ? 1 : Math.min(1, run.settledEvaluations / Math.max(1, totalEvaluations));
  const waitsAtRung = run.waitsAt === null ? null : run.waitsAt + 1;
  return { ...run, key: runKey(number), nines: median === null ? null : toNines(median), progress, waitsAtRung };
}

function groupByPoint(rows: readonly SweepRunRow[]): ReadonlyMap<number, readonly SweepRunRow[]> {
  const byPoint = new Map<number, SweepRunRow[]>();
  for (const row of rows) byPoint.set(row.point, [...(byPoint.get(row.point) ?? []), row]);
  return byPoint;
}

const isUnfinished = ({ state }: SweepRunRow): boolean => state === "QUEUED" || state === "RUNNING" || state === "PAUSED";

function secondsLeft(sweep: SweepRecord, rows: readonly SweepRunRow[]): number | null {
  const speed = rows.reduce((sum, row) => sum + (row.state === "RUNNING" ? (row.speed ?? 0) : 0), 0);
  const unfinished = rows.reduce(
    (sum, row) => sum + (isUnfinished(row) ? Math.max(0, row.totalEvaluations - row.settledEvaluations) : 0),
    0,
  );
  const settled = rows.reduce((sum, { settledEvaluations }) => sum + settledEvaluations, 0);
  const left = Math.min(unfinished, Math.max(0, expectedEvaluations(sweep, rows) - settled));
  return speed > 0 ? left / speed : null;
}

export function resultsOf(sweep: SweepRecord, rows: readonly SweepRunRow[]): SweepResultsType {
  const { plan } = sweep;
  const byPoint = groupByPoint(rows);
  const points = planSweep(plan).points.map(({ index, values }): SweepPointResultType => {
    const own = byPoint.get(index) ?? [];
    const results = own.flatMap(resultOf);
    const runs = own.toSorted((a, b) => a.replicate - b.replicate).map(toRun);
    return { index, values, count: results.length, median: medianWithInterval(results), mean: meanWithInterval(results), runs };
  });
  const saved = rows.filter(({ stoppedBy }) => stoppedBy !== null);
  return {
    points,
    totalEvaluations: rows.reduce((sum, row) => sum + row.totalEvaluations, 0),
    savedEvaluations: saved.reduce((sum, row) => sum + Math.max(0, row.totalEvaluations - row.settledEvaluations), 0),
    secondsLeft: secondsLeft(sweep, rows),
  };
}

function levelOf(value: AxisValue): LevelValue {
  return typeof value === "number" ? value : keyOfValue(value);
}

/** Null while too few runs are completed. */
export async function importanceOfSweep({ plan }: SweepRecord, rows: readonly SweepRunRow[]): Promise<SweepImportanceType | null> {
  const { points } = planSweep(plan);
  const observations = rows.flatMap((row): Observation[] => {
    const values = points[row.point]?.values.map(levelOf);
    return values === undefined ? [] : resultOf(row).map((result) => ({ values, result }));
  });
  const importance = await importanceOf(observations, { seed });
  if (importance === null) return null;
  const shareOf = (path: string, label: string, { estimate, low, high }: Share): SweepImportanceShareType => ({
    path,
    label,
    share: estimate,
    low,
    high,
  });
  const axes = plan.axes.map(({ path }, i) => shareOf(path, labelOfAxis(plan, path), importance.axes[i] as Share));
  const shares = axes.toSorted((a, b) => b.share - a.share);
  if (plan.axes.length > 1) shares.push(shareOf("interactions", "Interactions", importance.interactions));
  if (importance.seeds !== null) shares.push(shareOf("seed", "Seed", importance.seeds));
  return { isExact: importance.method === "grid", runs: importance.runs, shares, intervalReason: importance.reason };
}

/** The different values of an axis, in the order of the plan; those of a range in ascending order. */
export function valuesOfAxis({ plan }: SweepRecord, index: number): readonly AxisValue[] {
  const { values } = plan.axes[index] ?? {};
  if (values != null) return values;
  const drawn = planSweep(plan).points.map((point) => point.values[index] as number);
  return [...new Set(drawn)].sort((a, b) => a - b);
}
