/** An axis of a sweep: a property of runs, such as `parameters.mutationRate`, with its values or with the range that they are from. */
import { AppError } from "../appError.ts";
import type { Random } from "../random.ts";
import { sweepLimits } from "./sweepState.ts";

/** A list is one value of a property that is a list, such as the classes of an ascent. */
export type AxisValue = number | string | boolean | readonly number[];

/** `log`: equal ratios. `integer`: whole numbers, at equal steps. */
export const rangeScales = ["linear", "log", "integer"] as const;
export type RangeScale = (typeof rangeScales)[number];

export interface AxisRange {
  readonly from: number;
  readonly to: number;
  readonly scale: RangeScale;
  /** Number of values of a grid, ends included. Null only for a random sampler, which draws from the whole range. */
  readonly count: number | null;
}

export interface SweepAxis {
  /** Field of the input that starts a run of the kind, such as `generations`, or `parameters.` and the name of a parameter. */
  readonly path: string;
  /** Exactly one of the two is null. */
  readonly values: readonly AxisValue[] | null;
  readonly range: AxisRange | null;
}

/** Significant digits of the values of a grid: enough for every setting, and free of rounding errors such as 0.30000000000000004. */
const gridDigits = 12;
/** Significant digits of drawn values, so that they can be read and typed. */
const drawnDigits = 6;

/** @param label the name of the property for a reader. */
export function axisError({ path }: Pick<SweepAxis, "path">, label: string, problem: string): AppError {
  return new AppError("INVALID_INPUT", `Axis "${label}": ${problem}`, { field: `axes.${path}` });
}

export function keyOfValue(value: AxisValue): string {
  return JSON.stringify(value);
}

/** As users type it: lists with spaces. */
export function textOfValue(value: AxisValue): string {
  return typeof value === "object" ? value.join(" ") : String(value);
}

type Fail = (problem: string) => AppError;

function checkRange({ from, to, scale, count }: AxisRange, isGrid: boolean, fail: Fail): void {
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw fail("both ends of the range must be finite numbers.");
  if (from >= to) throw fail(`the range must begin below its end, but ${from} is not below ${to}.`);
  if (scale === "log" && from <= 0) throw fail(`a logarithmic range must begin above 0, not at ${from}.`);
  if (scale === "integer" && !(Number.isSafeInteger(from) && Number.isSafeInteger(to)))
    throw fail(`the ends ${from} and ${to} of a range of whole numbers must be whole numbers.`);
  if (count === null && isGrid) throw fail("a grid needs the number of values of the range.");
  const { maximum } = sweepLimits.values;
  if (count !== null && (!Number.isInteger(count) || count < 2 || count > maximum))
    throw fail(`the number of values of a range must be a whole number from 2 to ${maximum}, not ${count}.`);
  if (count !== null && scale === "integer" && count > to - from + 1)
    throw fail(`there are only ${to - from + 1} whole numbers from ${from} to ${to}, not ${count}.`);
}

function checkValues(values: readonly AxisValue[], fail: Fail): void {
  const { maximum } = sweepLimits.values;
  if (values.length === 0) throw fail("give at least one value.");
  if (values.length > maximum) throw fail(`${values.length} values are too many; the limit is ${maximum}.`);
  const infinite = values.flat().find((value) => typeof value === "number" && !Number.isFinite(value));
  if (infinite !== undefined) throw fail(`the value ${infinite} is not a finite number.`);
  const keys = values.map(keyOfValue);
  const repeated = values.find((value, i) => keys.indexOf(keyOfValue(value)) !== i);
  if (repeated !== undefined) throw fail(`the value ${textOfValue(repeated)} is listed twice.`);
}

/** @throws AppError INVALID_INPUT naming the axis by its label, and the value if one is wrong. */
export function checkAxis(axis: SweepAxis, label: string, isGrid: boolean): void {
  const fail: Fail = (problem) => axisError(axis, label, problem);
  if (axis.path === "seed") throw fail("seeds are not an axis. Give them as replicates, which every point gets.");
  if ((axis.values === null) === (axis.range === null)) throw fail("give either values or a range.");
  if (axis.values !== null) checkValues(axis.values, fail);
  if (axis.range !== null) checkRange(axis.range, isGrid, fail);
}

function between({ from, to, scale }: AxisRange, share: number): number {
  return scale === "log" ? from * (to / from) ** share : from + (to - from) * share;
}

function rounded({ from, to }: AxisRange, value: number, digits: number): number {
  return Math.min(to, Math.max(from, Number(value.toPrecision(digits))));
}

/** The values of a checked axis of a grid, in order. */
export function gridValues({ values, range }: SweepAxis): readonly AxisValue[] {
  if (range === null) return values ?? [];
  const count = range.count ?? 0;
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return range.from;
    if (i === count - 1) return range.to;
    const value = between(range, i / (count - 1));
    return range.scale === "integer" ? Math.round(value) : rounded(range, value, gridDigits);
  });
}

/** A value of a checked axis: one of its values with equal probability, or uniform over its range (of the logarithm, if that is the scale). */
export function drawValue({ values, range }: SweepAxis, random: Random): AxisValue {
  if (range === null) return values?.[random.below(values.length)] as AxisValue;
  if (range.scale === "integer") return range.from + Math.floor(random.uniform() * (range.to - range.from + 1));
  return rounded(range, between(range, random.uniform()), drawnDigits);
}
