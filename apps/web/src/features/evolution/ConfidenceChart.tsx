"use client";
/**
 * Median, mean and range of the confidences of stored images over generations, on the nines scale. Diamonds mark where the median passed each
 * milestone.
 */
import { area, line } from "d3-shape";
import { type PointerEvent, type RefObject, useState } from "react";
import type { StatisticsFragment } from "../../graphql/generated/graphql.ts";
import { AxisRamp, gapWithRamp } from "../charts/AxisRamp.tsx";
import chartStyles from "../charts/Chart.module.css";
import { generationScale, plot, spreadLabels } from "../charts/chartLayout.ts";
import { confidenceAxis } from "../charts/confidenceAxis.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence, rampColor } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import { isMeasured, type MeasuredStatistics } from "../run/measuredStatistics.ts";

interface ConfidenceChartProps {
  readonly statistics: readonly StatisticsFragment[];
  readonly milestones: readonly { readonly confidence: number; readonly medianGeneration?: number | null }[];
  readonly generations: number;
  readonly shown: number;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
  onPick(generation: number): void;
}

const series = [
  { name: "max", key: "maximum" },
  { name: "median", key: "median" },
  { name: "mean", key: "mean" },
  { name: "min", key: "minimum" },
] as const;

export function ConfidenceChart({ statistics: all, milestones, generations, shown, width, svg, onPick }: ConfidenceChartProps) {
  const [hovered, setHovered] = useState<number | null>(null);
  const statistics = all.filter(isMeasured);
  const x = generationScale(generations, width);
  const axis = confidenceAxis(
    statistics.map(({ maximum }) => maximum),
    plot,
    0.999999,
  );
  const end = width - plot.right;
  const at = statistics.find((row) => row.generation === (hovered ?? shown)) ?? statistics.at(-1);
  const band = area<MeasuredStatistics>(
    (row) => x(row.generation),
    (row) => axis.y(row.minimum),
    (row) => axis.y(row.maximum),
  );
  const path = (key: "median" | "mean" | "minimum" | "maximum") =>
    line<MeasuredStatistics>(
      (row) => x(row.generation),
      (row) => axis.y(row[key]),
    )([...statistics]) ?? "";
  const markX = at ? Math.round(x(at.generation)) + 0.5 : 0;
  const labelY = at
    ? spreadLabels(
        series.map(({ key }) => axis.y(at[key])),
        15,
        plot.bottom,
      )
    : [];
  const generationAt = (event: PointerEvent<SVGSVGElement>) => {
    const offset = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.max(0, Math.min(statistics.at(-1)?.generation ?? 0, Math.round(x.invert(offset))));
  };
  const summary = at
    ? `Generation ${formatCount(at.generation)}: median ${formatConfidence(at.median)}, mean ${formatConfidence(at.mean)}, from ${formatConfidence(at.minimum)} to ${formatConfidence(at.maximum)}.`
    : "No generation is complete yet.";
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={plot.height}
      role="img"
      aria-label={`Confidence of stored images over generations. ${summary} The table lists every value.`}
      onPointerMove={(event) => setHovered(generationAt(event))}
      onPointerLeave={() => setHovered(null)}
      onClick={(event) => onPick(generationAt(event as unknown as PointerEvent<SVGSVGElement>))}
    >
      <AxisRamp axis={axis} />
      <ValueRules values={axis.ticks} y={axis.y} format={formatAxisConfidence} from={plot.left} to={end} gap={gapWithRamp} />
      {x.ticks(Math.max(2, Math.min(8, Math.floor(width / 90)))).map((generation) =>
        Number.isInteger(generation) ? (
          <text key={generation} x={x(generation)} y={plot.bottom + 20} textAnchor="middle">
            {formatCount(generation)}
          </text>
        ) : null,
      )}
      <path d={band([...statistics]) ?? ""} className={chartStyles.chartBand} />
      <path d={path("maximum")} className={chartStyles.chartEdge} />
      <path d={path("minimum")} className={chartStyles.chartEdge} />
      <path d={path("mean")} className={chartStyles.chartMean} />
      <path d={path("median")} className={chartStyles.chartMedian} />
      {milestones.map(({ confidence, medianGeneration }) => {
        if (medianGeneration === null || medianGeneration === undefined) return null;
        const cx = x(medianGeneration);
        const cy = axis.y(confidence);
        return (
          <g key={confidence}>
            <line x1={cx} x2={cx} y1={cy} y2={plot.bottom} className={chartStyles.chartDrop} />
            <rect
              x={cx - 4}
              y={cy - 4}
              width={8}
              height={8}
              fill={rampColor(confidence)}
              className={chartStyles.chartDiamond}
              transform={`rotate(45 ${cx} ${cy})`}
            />
          </g>
        );
      })}
      {at ? (
        <g>
          <line x1={markX} x2={markX} y1={6} y2={plot.bottom} className={chartStyles.chartMark} />
          {series.map(({ name, key }, index) => {
            const left = markX > end - 120 && hovered !== null && hovered !== shown;
            return (
              <text
                key={name}
                className={name === "median" ? `${chartStyles.chartLabel} ${chartStyles.strong}` : chartStyles.chartLabel}
                x={left ? markX - 8 : markX + 8}
                y={(labelY[index] ?? 0) + 4}
                textAnchor={left ? "end" : "start"}
              >
                {hovered === null ? name : `${name} ${formatConfidence(at[key])}`}
              </text>
            );
          })}
        </g>
      ) : null}
    </svg>
  );
}
