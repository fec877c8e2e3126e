/** The runs of a sweep as observations: a level for each axis and a result, from which the importance of the axes follows. */
import { AppError } from "@pareidolia/core/appError";

export type LevelValue = number | string;

/** One run. */
export interface Observation {
  /** A value for each axis, in their order. */
  readonly values: readonly LevelValue[];
  readonly result: number;
}

export interface Axis {
  /** The different values: numbers in ascending order, other values in order of appearance. */
  readonly levels: readonly LevelValue[];
  readonly isNumeric: boolean;
}

/** The runs of one point, which differ in their seeds. */
export interface Cell {
  /** The index of the level on each axis. */
  readonly levels: readonly number[];
  readonly results: readonly number[];
}

export interface Design {
  readonly axes: readonly Axis[];
  readonly cells: readonly Cell[];
}

function axisOf(values: readonly LevelValue[]): Axis {
  const levels = [...new Set(values)];
  const isNumeric = levels.every((level) => typeof level === "number");
  return { levels: isNumeric ? (levels as number[]).sort((a, b) => a - b) : levels, isNumeric };
}

/** @throws AppError INVALID_INPUT for observations with different numbers of values, or a result that is not finite. */
export function designOf(observations: readonly Observation[]): Design {
  const count = observations[0]?.values.length ?? 0;
  if (observations.some(({ values, result }) => values.length !== count || !Number.isFinite(result)))
    throw new AppError("INVALID_INPUT", "Each observation needs a value for each axis, and a finite result.");
  const axes = Array.from({ length: count }, (_, axis) => axisOf(observations.map(({ values }) => values[axis] as LevelValue)));
  const indices = axes.map(({ levels }) => new Map(levels.map((level, index) => [level, index])));
  const cells = new Map<string, { levels: readonly number[]; results: number[] }>();
  for (const { values, result } of observations) {
    const levels = values.map((value, axis) => indices[axis]?.get(value) as number);
    const cell = cells.get(levels.join()) ?? { levels, results: [] };
    cell.results.push(result);
    cells.set(levels.join(), cell);
  }
  return { axes, cells: [...cells.values()] };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Variance with divisor n. */
export function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}
