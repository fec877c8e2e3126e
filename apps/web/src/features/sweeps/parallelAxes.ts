/** The axes of a sweep's parallel coordinates: where each value is, and the lines of the runs. */
import { type ParallelAxis, type ParallelLine, rangeOfNines } from "../charts/parallelLines.ts";
import { labelOfValue, type SweepOnPage } from "./sweepOnPage.ts";

export interface SweepLine extends ParallelLine {
  readonly seed: number;
  readonly point: number;
}

const maxTicks = 7;

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
  const step = Math.max(1, Math.ceil(values.length / maxTicks));
  return values
    .filter((_, i) => i % step === 0 || i === values.length - 1)
    .map((value) => ({ at: scale(value), text: labelOfValue(axis, value) }));
}

export function parallelAxes(sweep: SweepOnPage): {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly SweepLine[];
  /** In nines, of the last axis. */
  readonly range: readonly [number, number];
} {
  const scales = sweep.axes.map(scaleOf);
  const axes = sweep.axes.map((axis, i) => ({ key: axis.path, label: axis.label, ticks: ticksOf(axis, scales[i] as Scale) }));
  const ended = sweep.results.points.flatMap((point) =>
    point.runs.flatMap((run) =>
      run.nines == null || run.median == null || run.state !== "SUCCEEDED" ? [] : [{ point, run, nines: run.nines, median: run.median }],
    ),
  );
  const [low, high] = rangeOfNines(ended.map(({ nines }) => nines));
  const lines = ended.map(({ point, run, nines, median }) => ({
    key: run.key,
    label: `${run.key}, seed ${run.seed}`,
    seed: run.seed,
    point: point.index,
    median,
    nines,
    at: [...(point.values as readonly unknown[]).map((value, i) => (scales[i] as Scale)(value)), (nines - low) / (high - low)],
  }));
  return { axes, lines, range: [low, high] };
}
