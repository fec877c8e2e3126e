"use client";
/** The network's confidence in the attack's goal over bounds on a logarithmic axis. Points of successful attacks are filled. */
import { scaleLog, scalePoint } from "d3-scale";
import type { RefObject } from "react";
import type { Norm } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { labelLines } from "../charts/labelLines.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence, openNinesScale, rampColor } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
import { norms } from "../marks/norms.ts";
import styles from "./BoundChart.module.css";
import { goalConfidence } from "./chartPoints.ts";
import { type BoundedRow, formatPixels } from "./results.ts";

const plotHeight = 176;
const lineHeight = 14;
const margins = { left: 52, right: 24, head: 10, foot: 44 } as const;
const ticks = [0, 0.5, 0.9, 0.99, 0.999, 0.9999] as const;
const top = openNinesScale(0.99999);

interface BoundChartProps {
  readonly rows: readonly BoundedRow[];
  /** The norm of the bounds. */
  readonly norm: Norm;
  /** Null if the goal is any class except the original's. */
  readonly targetLabel: string | null;
  readonly selected: string;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
  onPick(id: string): void;
}

const minLabelDistance = 34;

export function BoundChart({ rows, norm, targetLabel, selected, width, svg, onPick }: BoundChartProps) {
  const bounds = rows.map(({ bound }) => bound);
  const goal = targetLabel !== null ? splitLabel(targetLabel).name : `any class but ${splitLabel(rows[0]?.originalLabel ?? "").name}`;
  const title = labelLines(`confidence in ${goal}`, width);
  const plotTop = margins.head + title.length * lineHeight;
  const plot = { left: margins.left, right: margins.right, top: plotTop, bottom: plotTop + plotHeight };
  const height = plot.bottom + margins.foot;
  const min = Math.min(...bounds);
  const max = Math.max(...bounds);
  const logScale = scaleLog([Math.max(1e-3, min / 1.2), max * 1.2], [plot.left, width - plot.right]);
  const centre = scalePoint(["only"], [plot.left, width - plot.right]);
  const x = (bound: number) => (min === max ? (centre("only") as number) : logScale(bound));
  const y = (confidence: number) => plot.bottom - (Math.min(top, openNinesScale(confidence)) / top) * (plot.bottom - plot.top);
  const successes = rows.filter(({ success }) => success).length;
  const path = rows.map((row, i) => `${i === 0 ? "M" : "L"}${x(bounds[i] as number)} ${y(goalConfidence(row))}`).join("");
  const labelled = labelPositions(bounds.map(x));
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`Confidence in ${goal} against the bound: ${successes} of ${rows.length} bounds succeed. The table lists every value.`}
    >
      {title.map((line, i) => (
        <text key={line} x={0} y={12 + i * lineHeight}>
          {line}
        </text>
      ))}
      <ValueRules values={ticks} y={y} format={formatAxisConfidence} from={plot.left} to={width - plot.right} />
      <path d={path} className={chartStyles.chartMedian} />
      {rows.map((row, i) => {
        const cx = x(bounds[i] as number);
        const cy = y(goalConfidence(row));
        return (
          <g key={row.id} className={styles.boundPoint} onClick={() => onPick(row.id)}>
            <title>{`${formatPixels(bounds[i] as number)}: ${row.storedLabel}, ${formatConfidence(row.storedConfidence)}`}</title>
            <circle
              cx={cx}
              cy={cy}
              r={row.id === selected ? 9 : 6}
              fill="transparent"
              stroke={row.id === selected ? "currentColor" : "none"}
            />
            <circle
              cx={cx}
              cy={cy}
              r={5}
              className={chartStyles.chartDiamond}
              fill={row.success ? rampColor(goalConfidence(row)) : "var(--paper)"}
            />
            {labelled.has(cx) ? (
              <text x={cx} y={plot.bottom + 18} textAnchor="middle">
                {formatPixels(bounds[i] as number)}
              </text>
            ) : null}
          </g>
        );
      })}
      <text x={width / 2} y={height - 6} textAnchor="middle">
        {norms[norm].axis}
      </text>
    </svg>
  );
}

/** The positions, from the left, at which a label does not overlap the previous label. */
function labelPositions(positions: readonly number[]): ReadonlySet<number> {
  const kept: number[] = [];
  for (const position of positions) if (position - (kept.at(-1) ?? Number.NEGATIVE_INFINITY) > minLabelDistance) kept.push(position);
  return new Set(kept);
}
