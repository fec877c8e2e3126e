"use client";
/** Success against the bound: the network's confidence in what was wished for, over bounds on a logarithmic axis; filled where the attack succeeded. */
import { scaleLog, scalePoint } from "d3-scale";
import type { RefObject } from "react";
import type { Norm } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence, openNinesScale, rampColor } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
import { norms } from "../marks/norms.ts";
import styles from "./BoundChart.module.css";
import { wishedConfidence } from "./chartPoints.ts";
import { type BoundedRow, formatPixels } from "./results.ts";

const height = 244;
const plot = { left: 52, right: 24, top: 24, bottom: height - 44 } as const;
const ticks = [0, 0.5, 0.9, 0.99, 0.999, 0.9999] as const;
const top = openNinesScale(0.99999);

interface BoundChartProps {
  readonly rows: readonly BoundedRow[];
  /** In which the bounds are. */
  readonly norm: Norm;
  /** Null where any class but the original's will do. */
  readonly targetLabel: string | null;
  readonly selected: string;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
  onPick(id: string): void;
}

const labelRoom = 34;

export function BoundChart({ rows, norm, targetLabel, selected, width, svg, onPick }: BoundChartProps) {
  const bounds = rows.map(({ bound }) => bound);
  const wished = targetLabel !== null ? splitLabel(targetLabel).name : `any class but ${splitLabel(rows[0]?.originalLabel ?? "").name}`;
  const least = Math.min(...bounds);
  const most = Math.max(...bounds);
  const spread = scaleLog([Math.max(1e-3, least / 1.2), most * 1.2], [plot.left, width - plot.right]);
  const alone = scalePoint(["one"], [plot.left, width - plot.right]);
  const x = (bound: number) => (least === most ? (alone("one") as number) : spread(bound));
  const y = (confidence: number) => plot.bottom - (Math.min(top, openNinesScale(confidence)) / top) * (plot.bottom - plot.top);
  const flipped = rows.filter(({ success }) => success).length;
  const path = rows.map((row, i) => `${i === 0 ? "M" : "L"}${x(bounds[i] as number)} ${y(wishedConfidence(row))}`).join("");
  const named = roomyPlaces(bounds.map(x));
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`Confidence in ${wished} against the bound: ${flipped} of ${rows.length} bounds succeed. The table holds every value.`}
    >
      <text x={0} y={12}>
        confidence in {wished}
      </text>
      <ValueRules values={ticks} y={y} format={formatAxisConfidence} from={plot.left} to={width - plot.right} />
      <path d={path} className={chartStyles.chartMedian} />
      {rows.map((row, i) => {
        const cx = x(bounds[i] as number);
        const cy = y(wishedConfidence(row));
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
              fill={row.success ? rampColor(wishedConfidence(row)) : "var(--paper)"}
            />
            {named.has(cx) ? (
              <text x={cx} y={plot.bottom + 18} textAnchor="middle">
                {formatPixels(bounds[i] as number)}
              </text>
            ) : null}
          </g>
        );
      })}
      <text x={(plot.left + width - plot.right) / 2} y={height - 6} textAnchor="middle">
        {norms[norm].axis}
      </text>
    </svg>
  );
}

/** The places, from the left, that have room for a label beside the one before. */
function roomyPlaces(places: readonly number[]): ReadonlySet<number> {
  const kept: number[] = [];
  for (const place of places) if (place - (kept.at(-1) ?? Number.NEGATIVE_INFINITY) > labelRoom) kept.push(place);
  return new Set(kept);
}
