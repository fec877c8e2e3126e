"use client";
/** Label distance by relatedness: the quartiles of each band of relatedness, over the quartiles of all pairs as the control. */
import { scaleLinear } from "d3-scale";
import type { RefObject } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./RunAnalyses.module.css";

interface Band {
  readonly label: string;
  readonly pairs: number;
  readonly distance?: { readonly lower: number; readonly median: number; readonly upper: number } | null;
}

interface LabelDistanceChartProps {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly bands: readonly Band[];
  readonly all: Band;
}

const rowHeight = 28;
const top = 8;
const margin = { left: 132, right: 96 };

function describeBand({ label, pairs, distance }: Band): string {
  return `${label}: ${distance ? `median ${distance.median} over ` : ""}${formatCount(pairs)} pairs`;
}

export function LabelDistanceChart({ svg, bands, all }: LabelDistanceChartProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(888);
  const rows = [...bands, all];
  const bottom = top + rows.length * rowHeight;
  const furthest = Math.max(1, ...rows.map(({ distance }) => distance?.upper ?? 0));
  const x = scaleLinear([0, furthest], [margin.left, Math.max(margin.left + 1, width - margin.right)]).nice();
  const control = all.distance;
  return (
    <div ref={frame}>
      <svg
        ref={svg}
        className={chartStyles.chart}
        width={width}
        height={bottom + 40}
        role="img"
        aria-label={`Label distance by relatedness. ${rows.map(describeBand).join("; ")}. The table lists every quartile.`}
      >
        {x
          .ticks(5)
          .filter(Number.isInteger)
          .map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} className={chartStyles.chartRule} />
              <text x={x(tick)} y={bottom + 16} textAnchor="middle">
                {formatCount(tick)}
              </text>
            </g>
          ))}
        <text x={width - margin.right} y={bottom + 34} textAnchor="end">
          label distance
        </text>
        {control ? (
          <>
            <rect
              x={x(control.lower)}
              y={top}
              width={Math.max(1, x(control.upper) - x(control.lower))}
              height={bottom - top}
              className={chartStyles.chartBand}
            />
            <line x1={x(control.median)} x2={x(control.median)} y1={top} y2={bottom} className={chartStyles.chartDrop} />
          </>
        ) : null}
        {rows.map(({ label, pairs, distance }, row) => {
          const y = top + (row + 0.5) * rowHeight;
          return (
            <g key={label}>
              <text x={0} y={y + 4} className={chartStyles.chartLabel}>
                {label}
              </text>
              {distance ? (
                <>
                  <line x1={x(distance.lower)} x2={x(distance.upper)} y1={y} y2={y} className={chartStyles.chartMedian} />
                  <circle cx={x(distance.median)} cy={y} r={4} className={styles.median}>
                    <title>{`${label}: quartiles ${distance.lower}, ${distance.median}, ${distance.upper}`}</title>
                  </circle>
                </>
              ) : null}
              <text x={width} y={y + 4} textAnchor="end">
                {formatCount(pairs)} pairs
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
