"use client";
/** A trajectory's confidence over its steps on the nines scale. Solid: stored images; dashed: float images; diamonds: levels reached. */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { RefObject } from "react";
import chartStyles from "../charts/Chart.module.css";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence, openNinesScale, rampColor } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import type { TrajectoryRow } from "./trajectories.ts";

const ticks = [0, 0.5, 0.9, 0.99, 0.999, 0.9999] as const;
const top = openNinesScale(0.99999);
const height = 168;
const plot = { left: 44, right: 12, top: 8, bottom: height - 24 } as const;

interface TrajectoryChartProps {
  readonly row: TrajectoryRow;
  /** The last step of all trajectories, since all charts share one axis. */
  readonly last: number;
  readonly shown: number;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
  onPick(step: number): void;
}

export function TrajectoryChart({ row, last, shown, width, svg, onPick }: TrajectoryChartProps) {
  const x = scaleLinear([0, Math.max(1, last)], [plot.left, width - plot.right]).clamp(true);
  const toY = scaleLinear([0, top], [plot.bottom, plot.top]).clamp(true);
  const y = (confidence: number) => toY(Math.min(top, openNinesScale(confidence)));
  const path = (key: "searchConfidence" | "storedConfidence") =>
    line<TrajectoryRow["curve"][number]>(
      (point) => x(point.step),
      (point) => y(point[key]),
    )([...row.curve]) ?? "";
  const cursor = Math.round(x(Math.min(shown, row.step))) + 0.5;
  const reached = row.milestones.filter(({ level }) => level > 0);
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`Confidence in ${row.label} over ${formatCount(row.step)} steps: ${formatConfidence(row.storedConfidence)} for the last stored image. ${reached
        .map(({ level, step }) => `${formatAxisConfidence(level)} at step ${formatCount(step)}`)
        .join(", ")}`}
      onClick={(event) => onPick(Math.round(x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left)))}
    >
      <ValueRules values={ticks} y={y} format={formatAxisConfidence} from={plot.left} to={width - plot.right} />
      {x.ticks(Math.max(2, Math.min(6, Math.floor(width / 80)))).map((step) =>
        Number.isInteger(step) ? (
          <text key={step} x={x(step)} y={plot.bottom + 18} textAnchor="middle">
            {formatCount(step)}
          </text>
        ) : null,
      )}
      <path d={path("searchConfidence")} className={chartStyles.chartMean} />
      <path d={path("storedConfidence")} className={chartStyles.chartMedian} />
      {reached.map(({ level, step }) => (
        <g key={level}>
          <line x1={x(step)} x2={x(step)} y1={y(level)} y2={plot.bottom} className={chartStyles.chartDrop} />
          <rect
            x={x(step) - 4}
            y={y(level) - 4}
            width={8}
            height={8}
            fill={rampColor(level)}
            className={chartStyles.chartDiamond}
            transform={`rotate(45 ${x(step)} ${y(level)})`}
          />
        </g>
      ))}
      <line x1={cursor} x2={cursor} y1={plot.top} y2={plot.bottom} className={chartStyles.chartMark} />
    </svg>
  );
}
