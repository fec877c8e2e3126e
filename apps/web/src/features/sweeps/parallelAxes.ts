/** The axes of a sweep's parallel coordinates: where each value is, the lines of the runs, and which lines the brushes select. */
import { labelOfValue, type SweepOnPage } from "./sweepOnPage.ts";

export interface ParallelAxis {
  readonly path: string;
  readonly label: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface ParallelLine {
  readonly key: string;
  readonly seed: number;
  readonly point: number;
  readonly median: number;
  readonly nines: number;
  /** Position on each axis, 0 at its lower end and 1 at its upper; the last is the median's. */
  readonly at: readonly number[];
}

/** Positions between which the lines of an axis are selected. */
export type Brush = readonly [number, number];

const mostTicks = 7;

type Scale = (value: unknown) => number;

function scaleOf(axis: SweepOnPage["axes"][number]): Scale {
  const values = axis.values as readonly unknown[];
  const last = Math.max(1, values.length - 1);
  const keys = values.map((value) => JSON.stringify(value));
  const numbers = values.filter((value) => typeof value === "number");
  // Drawn values are not equally spaced; listed ones are, so that 0.01 and 0.4 do not crowd out the rest.
  if (axis.scale === null || numbers.length < values.length) return (value) => keys.indexOf(JSON.stringify(value)) / last;
  const to = axis.scale === "LOG" ? Math.log : (value: number) => value;
  const [low, high] = [to(Math.min(...numbers)), to(Math.max(...numbers))];
  return (value) => (high === low ? 0.5 : (to(value as number) - low) / (high - low));
}

function ticksOf(axis: SweepOnPage["axes"][number], scale: Scale): ParallelAxis["ticks"] {
  const values = axis.values as readonly unknown[];
  const step = Math.max(1, Math.ceil(values.length / mostTicks));
  return values
    .filter((_, i) => i % step === 0 || i === values.length - 1)
    .map((value) => ({ at: scale(value), text: labelOfValue(axis, value) }));
}

export function parallelAxes(sweep: SweepOnPage): {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly ParallelLine[];
  /** In nines, of the last axis. */
  readonly range: readonly [number, number];
} {
  const scales = sweep.axes.map(scaleOf);
  const axes = sweep.axes.map((axis, i) => ({ path: axis.path, label: axis.label, ticks: ticksOf(axis, scales[i] as Scale) }));
  const ended = sweep.results.points.flatMap((point) =>
    point.runs.flatMap((run) =>
      run.nines == null || run.median == null || run.state !== "SUCCEEDED" ? [] : [{ point, run, nines: run.nines, median: run.median }],
    ),
  );
  const low = ended.length === 0 ? 0 : Math.floor(Math.min(...ended.map(({ nines }) => nines)));
  const high = Math.max(low + 1, Math.ceil(Math.max(0, ...ended.map(({ nines }) => nines))));
  const lines = ended.map(({ point, run, nines, median }) => ({
    key: run.key,
    seed: run.seed,
    point: point.index,
    median,
    nines,
    at: [...(point.values as readonly unknown[]).map((value, i) => (scales[i] as Scale)(value)), (nines - low) / (high - low)],
  }));
  return { axes, lines, range: [low, high] };
}

/** Whether the line passes through every brush. */
export function isBrushed({ at }: ParallelLine, brushes: ReadonlyMap<number, Brush>): boolean {
  return [...brushes].every(([axis, [low, high]]) => {
    const position = at[axis] ?? Number.NaN;
    return position >= low - 1e-9 && position <= high + 1e-9;
  });
}
