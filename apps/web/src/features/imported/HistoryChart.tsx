/** A metric of another program over its steps, on linear scales. */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { RefObject } from "react";
import chartStyles from "../charts/Chart.module.css";
import { plot } from "../charts/chartLayout.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatCount } from "../marks/numbers.ts";

export interface MetricHistory {
  readonly metric: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

interface HistoryChartProps {
  readonly history: MetricHistory;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
}

/** The range of the values; one around a value that never changes. */
export function rangeOf(values: readonly number[]): [number, number] {
  const least = values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY);
  const most = values.reduce((found, value) => Math.max(found, value), Number.NEGATIVE_INFINITY);
  const margin = least === most ? Math.abs(least) / 10 || 1 : 0;
  return [least - margin, most + margin];
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

export function HistoryChart({ history: { metric, steps, values }, width, svg }: HistoryChartProps) {
  const end = width - plot.right;
  const x = scaleLinear(rangeOf(steps), [plot.left, Math.max(plot.left + 1, end)]);
  const y = scaleLinear(rangeOf(values), [plot.bottom, plot.top]).nice(5);
  const points = steps.map((step, index) => [step, values[index] as number] as const);
  const [lastStep, lastValue] = points.at(-1) ?? [0, 0];
  const path = line<readonly [number, number]>(
    ([step]) => x(step),
    ([, value]) => y(value),
  )(points);
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={plot.height}
      role="img"
      aria-label={`${metric} over ${points.length} steps. Step ${short(lastStep)}: ${short(lastValue)}. The table lists every value.`}
    >
      <ValueRules values={y.ticks(5)} y={y} format={short} from={plot.left} to={end} gap={plot.left - 48} />
      {x.ticks(Math.max(2, Math.min(8, Math.floor(width / 90)))).map((step) => (
        <text key={step} x={x(step)} y={plot.bottom + 20} textAnchor="middle">
          {Number.isInteger(step) ? formatCount(step) : short(step)}
        </text>
      ))}
      {points.length === 1 ? <circle className={chartStyles.chartMedian} cx={x(lastStep)} cy={y(lastValue)} r={3} /> : null}
      <path className={chartStyles.chartMedian} d={path ?? ""} />
    </svg>
  );
}
