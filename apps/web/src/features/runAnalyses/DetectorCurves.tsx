"use client";
/** How well detectors distinguish the archive's images from real images, by generation: plots of AUROC and of the false positive rate. */
import type { DetectorPoint } from "@pareidolia/analysis/kinds/detectors";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import chartStyles from "../charts/Chart.module.css";
import { spreadLabels } from "../charts/chartLayout.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./RunAnalyses.module.css";

type Key = (typeof figures)[number]["key"];
type ShownPoint = Pick<DetectorPoint, "generation" | "detector" | "label" | Key> & {
  readonly [End in `${Key}${"Low" | "High"}`]?: number | null;
};

const size = { width: 420, height: 220 };
const plot = { left: 36, right: 116, top: 12, bottom: 190 };
const dashes = ["", "6 3", "2 3", "8 3 2 3"];
const figures = [
  { key: "auroc", title: "AUROC", about: ".5 is chance level" },
  { key: "falsePositiveRate", title: "FPR@95", about: "share of fooling images accepted when 95% of real images are" },
] as const;

function describeLast(point: ShownPoint | undefined, key: Key): string {
  if (point === undefined) return "unknown";
  const [low, high] = [point[`${key}Low`], point[`${key}High`]];
  return `${point[key].toFixed(3)}${low == null || high == null ? "" : ` (${low.toFixed(3)} to ${high.toFixed(3)})`}`;
}

export function DetectorCurves({ points }: { points: readonly ShownPoint[] }) {
  const detectors = [...new Map(points.map(({ detector, label }) => [detector, label]))];
  const last = Math.max(1, ...points.map(({ generation }) => generation));
  const x = scaleLinear([0, last], [plot.left, size.width - plot.right]);
  const y = scaleLinear([0, 1], [plot.bottom, plot.top]);
  return (
    <div className={styles.curves}>
      {figures.map(({ key, title, about }) => {
        const path = line<ShownPoint>(
          (point) => x(point.generation),
          (point) => y(point[key]),
        );
        const curves = detectors.map(([detector, label]) => {
          const rows = points.filter((point) => point.detector === detector).sort((a, b) => a.generation - b.generation);
          return { detector, label, rows, end: y(rows.at(-1)?.[key] ?? 0) };
        });
        const summary = curves.map(({ label, rows }) => `${label} ${describeLast(rows.at(-1), key)}`).join(", ");
        const labelY = spreadLabels(
          curves.map(({ end }) => end),
          14,
          plot.bottom,
        );
        return (
          <figure key={key}>
            <figcaption className="t12">
              <b>{title}</b> <span className="muted">{about}</span>
            </figcaption>
            <svg
              className={chartStyles.chart}
              viewBox={`0 0 ${size.width} ${size.height}`}
              width="100%"
              role="img"
              aria-label={`${title} by generation. Last generation: ${summary}. The table lists every value.`}
            >
              <ValueRules values={[0, 0.5, 1]} y={y} from={plot.left} to={size.width - plot.right} />
              {x.ticks(4).map((tick) => (
                <text key={tick} x={x(tick)} y={plot.bottom + 18} textAnchor="middle">
                  {formatCount(tick)}
                </text>
              ))}
              {curves.map(({ detector, label, rows, end }, index) => {
                return (
                  <g key={detector}>
                    <path d={path(rows) ?? ""} className={chartStyles.chartMedian} strokeDasharray={dashes[index % dashes.length]} />
                    {rows.map((point) => {
                      const [low, high] = [point[`${key}Low`], point[`${key}High`]];
                      return low == null || high == null ? null : (
                        <line
                          key={point.generation}
                          x1={x(point.generation)}
                          x2={x(point.generation)}
                          y1={y(low)}
                          y2={y(high)}
                          className={styles.whisker}
                        />
                      );
                    })}
                    <text x={size.width - plot.right + 6} y={(labelY[index] ?? end) + 4} className={chartStyles.chartLabel}>
                      {label}
                    </text>
                  </g>
                );
              })}
            </svg>
          </figure>
        );
      })}
    </div>
  );
}
