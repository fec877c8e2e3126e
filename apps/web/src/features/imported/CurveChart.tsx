/** The source's statistics over generations: median, mean and range, on a linear scale. */
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import type { RefObject } from "react";
import chartStyles from "../charts/Chart.module.css";
import { generationScale, plot } from "../charts/chartLayout.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatCount } from "../marks/numbers.ts";

export interface CurvePoint {
  readonly generation: number;
  readonly median: number;
  readonly mean: number;
  readonly minimum: number;
  readonly maximum: number;
}

export const curveSeries = [
  { key: "median", className: chartStyles.chartMedian },
  { key: "mean", className: chartStyles.chartMean },
  { key: "minimum", className: chartStyles.chartEdge },
  { key: "maximum", className: chartStyles.chartEdge },
] as const;

interface CurveChartProps {
  readonly points: readonly CurvePoint[];
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
}

export function CurveChart({ points, width, svg }: CurveChartProps) {
  const last = points.at(-1);
  const x = generationScale(Math.max(1, last?.generation ?? 1), width);
  const least = points.reduce((found, { minimum }) => Math.min(found, minimum), 0);
  const most = points.reduce((found, { maximum }) => Math.max(found, maximum), least + 1e-9);
  const y = scaleLinear([least, most], [plot.bottom, plot.top]).nice(5);
  const end = width - plot.right;
  const band = area<CurvePoint>(
    ({ generation }) => x(generation),
    ({ minimum }) => y(minimum),
    ({ maximum }) => y(maximum),
  );
  const summary = last === undefined ? "" : `Generation ${formatCount(last.generation)}: median ${last.median}, mean ${last.mean}.`;
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={plot.height}
      role="img"
      aria-label={`Fitness over generations. ${summary} The table lists every value.`}
    >
      <ValueRules values={y.ticks(5)} y={y} format={String} from={plot.left} to={end} gap={plot.left - 48} />
      {x.ticks(Math.max(2, Math.min(8, Math.floor(width / 90)))).map((generation) =>
        Number.isInteger(generation) ? (
          <text key={generation} x={x(generation)} y={plot.bottom + 20} textAnchor="middle">
            {formatCount(generation)}
          </text>
        ) : null,
      )}
      <path d={band([...points]) ?? ""} className={chartStyles.chartBand} />
      {curveSeries.map(({ key, className }) => (
        <path
          key={key}
          className={className}
          d={
            line<CurvePoint>(
              ({ generation }) => x(generation),
              (point) => y(point[key]),
            )([...points]) ?? ""
          }
        />
      ))}
    </svg>
  );
}
