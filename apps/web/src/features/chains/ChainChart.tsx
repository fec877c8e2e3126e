/** Median confidence with its interval on the nines scale, and test error (dashed, from 0 to the largest), by link of a chain. */
import type { RefObject } from "react";
import chartStyles from "../charts/Chart.module.css";
import { confidenceAxis } from "../charts/confidenceAxis.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence, rampColor } from "../marks/confidence.ts";
import styles from "./Chains.module.css";

export interface ChartLink {
  readonly iteration: number;
  readonly median: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly testError: number | null;
}

const size = { height: 220, left: 44, right: 48, top: 12, bottom: 184 } as const;
const maxWidth = 720;

export function ChainChart({ links, svg }: { readonly links: readonly ChartLink[]; readonly svg: RefObject<SVGSVGElement | null> }) {
  const [frame, available] = useElementWidth<HTMLDivElement>(maxWidth);
  const width = Math.min(maxWidth, available);
  const last = Math.max(2, ...links.map(({ iteration }) => iteration));
  const x = (iteration: number) => size.left + 16 + ((iteration - 1) / (last - 1)) * (width - size.left - size.right - 32);
  const { ticks, y } = confidenceAxis(
    links.flatMap(({ median, interval }) => [median ?? 0, interval?.high ?? 0]),
    size,
  );
  const maxError = Math.max(0.01, ...links.map(({ testError }) => testError ?? 0));
  const errorY = (error: number) => size.bottom - (error / maxError) * (size.bottom - size.top);
  const polyline = (points: readonly (readonly [number, number])[]) =>
    points.map(([px, py], i) => `${i === 0 ? "M" : "L"}${px},${py}`).join("");
  const medians = links.flatMap((link) => (link.median === null ? [] : [[x(link.iteration), y(link.median)] as const]));
  const errors = links.flatMap((link) => (link.testError === null ? [] : [[x(link.iteration), errorY(link.testError)] as const]));
  const summary = links
    .map((link) => `DNN ${link.iteration}: ${link.median === null ? "not yet" : formatConfidence(link.median)}`)
    .join("; ");
  return (
    <div ref={frame}>
      <svg
        ref={svg}
        className={chartStyles.chart}
        width={width}
        height={size.height}
        role="img"
        aria-label={`Median confidence of fresh evolution by network. ${summary}.`}
      >
        <ValueRules values={ticks} y={y} format={formatAxisConfidence} from={size.left} to={width - size.right} />
        {[0, maxError].map((error) => (
          <text key={error} x={width - size.right + 8} y={errorY(error) + 4}>
            {(error * 100).toFixed(1)}%
          </text>
        ))}
        <path d={polyline(errors)} className={styles.error} />
        <path d={polyline(medians)} className={styles.median} />
        {links.map(({ iteration, median, interval }) => (
          <g key={iteration}>
            <text x={x(iteration)} y={size.bottom + 20} textAnchor="middle">
              DNN {iteration}
            </text>
            {interval ? (
              <line x1={x(iteration)} x2={x(iteration)} y1={y(interval.low)} y2={y(interval.high)} className={styles.interval} />
            ) : null}
            {median === null ? null : (
              <rect
                x={x(iteration) - 4}
                y={y(median) - 4}
                width={8}
                height={8}
                fill={rampColor(median)}
                className={chartStyles.chartDiamond}
              />
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
