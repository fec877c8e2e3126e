/** The axes and lines of parallel coordinates, and which lines the brushes select. */
import type { CSSProperties } from "react";

export interface ParallelAxis {
  readonly key: string;
  readonly label: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface ParallelLine {
  readonly key: string;
  /** Such as `RUN-142, seed 3`. */
  readonly label: string;
  readonly median: number;
  readonly nines: number;
  /** Position on each axis, 0 at its lower end and 1 at its upper; the last is the median's. */
  readonly at: readonly number[];
  /** A short name at the end of the line. */
  readonly mark?: string;
  /** Dashes and width of the line. */
  readonly stroke?: CSSProperties;
}

/** Positions between which the lines of an axis are selected. */
export type Brush = readonly [number, number];

/** Part of the axis that a selection by keyboard spans at first. */
const keySpan = 0.2;
const keyStep = keySpan / 2;

/** The whole nines around all values. */
export function rangeOfNines(nines: readonly number[]): readonly [number, number] {
  const low = nines.length === 0 ? 0 : Math.floor(Math.min(...nines));
  return [low, Math.max(low + 1, Math.ceil(Math.max(0, ...nines)))];
}

/** Whether the line passes through every brush. */
export function isBrushed({ at }: ParallelLine, brushes: ReadonlyMap<number, Brush>): boolean {
  return [...brushes].every(([axis, [low, high]]) => {
    const position = at[axis] ?? Number.NaN;
    return position >= low - 1e-9 && position <= high + 1e-9;
  });
}

/** The brush after an arrow key: it moves, or with `grows` only its upper end does. Null for other keys. */
export function movedBrush(brush: Brush | null, key: string, grows: boolean): Brush | null {
  const by = { ArrowUp: keyStep, ArrowDown: -keyStep }[key];
  if (by === undefined) return null;
  if (brush === null) return by > 0 ? [0, keySpan] : [1 - keySpan, 1];
  const [low, high] = brush;
  if (grows) return [low, Math.min(1, Math.max(low + keyStep, high + by))];
  const span = high - low;
  const next = Math.min(1 - span, Math.max(0, low + by));
  return [next, next + span];
}
