"use client";
/**
 * The share of successes against the length of the change, for attacks that minimise the change without a bound: it rises at the length of
 * each success. A failed result is a hollow point at the length of its last attempt.
 */
import { scaleLinear } from "d3-scale";
import type { RefObject } from "react";
import chartStyles from "../charts/Chart.module.css";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatConfidence, rampColor } from "../marks/confidence.ts";
import boundChartStyles from "./BoundChart.module.css";
import { goalConfidence, successSteps } from "./chartPoints.ts";
import { formatPixels, type PerturbationRow } from "./results.ts";

const height = 208;
const plot = { left: 52, right: 24, top: 36, bottom: height - 44 } as const;

interface LengthChartProps {
  readonly rows: readonly PerturbationRow[];
  readonly selected: string;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
  onPick(id: string): void;
}

export function LengthChart({ rows, selected, width, svg, onPick }: LengthChartProps) {
  const steps = successSteps(rows);
  const longest = Math.max(1, ...rows.map(({ l2 }) => l2));
  const x = scaleLinear([0, 1.5 * longest], [plot.left, width - plot.right]);
  const y = scaleLinear([0, 1], [plot.bottom, plot.top]);
  const rises = steps.map(({ length, share }) => `H${x(length)}V${y(share)}`).join("");
  const shareAt = ({ success, l2 }: PerturbationRow) => (success ? (steps.find(({ length }) => length === l2)?.share ?? 0) : 0);
  const summary = steps.map(
    ({ length, share }) => `${share === 1 ? "all" : `${Math.round(100 * share)}%`} from ${formatPixels(length)} on`,
  );
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`Success against the length of the change in grey levels: ${summary.length === 0 ? "none" : summary.join(", ")}. The table lists every value.`}
    >
      <text x={0} y={12}>
        {rows.length === 1 ? "success (1) or failure (0)" : `share of ${rows.length} results that succeed`}
      </text>
      <ValueRules values={rows.length === 1 ? [0, 1] : [0, 0.5, 1]} y={y} from={plot.left} to={width - plot.right} />
      {x.ticks(Math.max(2, Math.min(8, Math.floor(width / 96)))).map((length) => (
        <text key={length} x={x(length)} y={plot.bottom + 18} textAnchor="middle">
          {formatPixels(length)}
        </text>
      ))}
      <path d={`M${plot.left} ${plot.bottom}${rises}H${width - plot.right}`} className={chartStyles.chartMedian} />
      {rows.map((row) => {
        const at = { cx: x(row.l2), cy: y(shareAt(row)) };
        return (
          <g key={row.id} className={boundChartStyles.boundPoint} onClick={() => onPick(row.id)}>
            <title>{`${formatPixels(row.l2)}: ${row.storedLabel}, ${formatConfidence(row.storedConfidence)}`}</title>
            <circle {...at} r={row.id === selected ? 9 : 6} fill="transparent" stroke={row.id === selected ? "currentColor" : "none"} />
            <circle
              {...at}
              r={5}
              className={chartStyles.chartDiamond}
              fill={row.success ? rampColor(goalConfidence(row)) : "var(--paper)"}
            />
          </g>
        );
      })}
      {steps.length === 1
        ? steps.map(({ length, share }) => (
            <text key={length} x={x(length) + 10} y={y(share / 2) + 4} className={chartStyles.chartLabel}>
              {formatPixels(length)}
            </text>
          ))
        : null}
      <text x={(plot.left + width - plot.right) / 2} y={height - 6} textAnchor="middle">
        length of the change (L2), grey levels
      </text>
    </svg>
  );
}
