/**
 * Plans a sweep: its points, and its runs in the order in which they start. All points get their first seed before any gets its second,
 * so that a sweep that stops early has compared all points. The order depends only on the plan.
 */
import { AppError } from "../appError.ts";
import { Purpose, Random } from "../random.ts";
import { type Limits, seedLimits } from "../runKinds/runKind.ts";
import { type AxisValue, axisError, checkAxis, drawValue, gridValues, keyOfValue, type SweepAxis } from "./sweepAxis.ts";
import type { SweepPlan, SweepPoint } from "./sweepPlan.ts";
import { sweepLimits } from "./sweepState.ts";

export interface PlannedSweepRun {
  /** Index of its point. */
  readonly point: number;
  /** Index of its seed, from 0. */
  readonly replicate: number;
  readonly seed: number;
}

export interface SweepPoints {
  readonly points: readonly SweepPoint[];
  readonly runs: readonly PlannedSweepRun[];
}

type LabelOf = (path: string) => string;

/** Draws of one point before the space counts as exhausted. */
const maxDraws = 1_000;

function checkRange(value: number, field: string, label: string, { minimum, maximum }: Limits): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw new AppError("INVALID_INPUT", `${label} must be a whole number from ${minimum} to ${maximum}, not ${value}.`, { field });
}

function checkSeeds(seeds: readonly number[]): void {
  checkRange(seeds.length, "seeds", "The number of seeds", sweepLimits.seeds);
  for (const seed of seeds) checkRange(seed, "seeds", "A seed", seedLimits);
  const repeated = seeds.find((seed, i) => seeds.indexOf(seed) !== i);
  if (repeated !== undefined) throw new AppError("INVALID_INPUT", `The seed ${repeated} is listed twice.`, { field: "seeds" });
}

function checkCount(points: number, seeds: number): void {
  const { maximum } = sweepLimits.runs;
  if (points * seeds <= maximum) return;
  const product = `${points.toLocaleString("en")} points with ${seeds} ${seeds === 1 ? "seed" : "seeds"}`;
  throw new AppError(
    "INVALID_INPUT",
    `${product} are ${(points * seeds).toLocaleString("en")} runs; a sweep has at most ${maximum.toLocaleString("en")}.`,
    { field: "axes" },
  );
}

function grid(axes: readonly SweepAxis[], seeds: number): AxisValue[][] {
  const values = axes.map(gridValues);
  checkCount(
    values.reduce((product, { length }) => product * length, 1),
    seeds,
  );
  return values.reduce<AxisValue[][]>((points, own) => points.flatMap((point) => own.map((value) => [...point, value])), [[]]);
}

/** Number of different points; infinite with a range of real numbers. */
function sizeOf(axes: readonly SweepAxis[]): number {
  return axes.reduce((product, { values, range }) => {
    if (range === null) return product * (values?.length ?? 0);
    return product * (range.scale === "integer" ? range.to - range.from + 1 : Number.POSITIVE_INFINITY);
  }, 1);
}

function sample(axes: readonly SweepAxis[], { count, seed }: { readonly count: number; readonly seed: number }): AxisValue[][] {
  const size = sizeOf(axes);
  if (size < count)
    throw new AppError("INVALID_INPUT", `The axes have only ${size} different points, so ${count} cannot be drawn.`, {
      field: "sampler.count",
    });
  const seen = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    // Each draw has a stream of its own, so a point does not depend on how often an earlier one was drawn again.
    for (let draw = 0; draw < maxDraws * count; draw++) {
      const random = new Random({ seed, generation: draw, index, purpose: Purpose.SWEEP });
      const values = axes.map((axis) => drawValue(axis, random));
      const key = values.map(keyOfValue).join();
      if (seen.has(key)) continue;
      seen.add(key);
      return values;
    }
    throw new AppError("INVALID_INPUT", `No ${index + 1} different points were found. Draw fewer, or widen a range.`, {
      field: "sampler.count",
    });
  });
}

function checkAxes(axes: readonly SweepAxis[], labelOf: LabelOf, isGrid: boolean): void {
  const { minimum, maximum } = sweepLimits.axes;
  if (axes.length < minimum || axes.length > maximum)
    throw new AppError("INVALID_INPUT", `A sweep has from ${minimum} to ${maximum} axes, not ${axes.length}.`, { field: "axes" });
  for (const [i, axis] of axes.entries()) {
    const label = labelOf(axis.path);
    checkAxis(axis, label, isGrid);
    if (axes.findIndex(({ path }) => path === axis.path) !== i) throw axisError(axis, label, "it is listed twice.");
  }
}

/**
 * @param labelOf the name of an axis for a reader of an error; its path by default
 * @throws AppError INVALID_INPUT naming the axis and value, the seed, or the limit.
 */
export function planSweep(
  { axes, sampler, seeds }: Pick<SweepPlan, "axes" | "sampler" | "seeds">,
  labelOf: LabelOf = (path) => path,
): SweepPoints {
  checkAxes(axes, labelOf, sampler.kind === "grid");
  checkSeeds(seeds);
  if (sampler.kind === "random") {
    checkRange(sampler.count, "sampler.count", "The number of points", sweepLimits.runs);
    checkRange(sampler.seed, "sampler.seed", "The seed of the sampler", seedLimits);
    checkCount(sampler.count, seeds.length);
  }
  const values = sampler.kind === "grid" ? grid(axes, seeds.length) : sample(axes, sampler);
  const points = values.map((own, index) => ({ index, values: own }));
  const runs = seeds.flatMap((seed, replicate) => points.map(({ index }) => ({ point: index, replicate, seed })));
  return { points, runs };
}
