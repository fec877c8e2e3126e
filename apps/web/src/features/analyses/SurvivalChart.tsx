"use client";
/** The confidence at each level of one distortion, above the scored images. */
import type { SurvivalResult } from "@pareidolia/analysis/kinds/survival";
import { line } from "d3-shape";
import { useState } from "react";
import chartStyles from "../charts/Chart.module.css";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatConfidence, rampColor } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
import styles from "./EliteSurvival.module.css";
import { survivalAxis } from "./survivalAxis.ts";

interface SurvivalChartProps {
  readonly curve: SurvivalResult["curves"][number];
  readonly niche: number;
  readonly width: number;
}

const plot = { left: 50, right: 21, top: 6, bottom: 70, height: 74 } as const;
const mark = 7;

function halfLevelText({ halfGoneAt, distortion }: SurvivalResult["curves"][number]): string {
  if (halfGoneAt === null || halfGoneAt === undefined) return "above half at every level";
  const level = distortion === "blur" ? halfGoneAt.toFixed(2).replace(/^0/, "") : Math.round(halfGoneAt).toString();
  return `half at ${level}${distortion === "resize" || distortion === "crop" ? "%" : ""}`;
}

export function SurvivalChart({ curve, niche, width }: SurvivalChartProps) {
  const [hoveredIndex, setHoveredIndex] = useState<number | null>(null);
  const { points, label, distortion } = curve;
  const axis = survivalAxis(points.map(({ confidence }) => confidence));
  const y = (confidence: number) => plot.bottom - axis.share(confidence) * (plot.bottom - plot.top);
  const step = (width - plot.left - plot.right) / Math.max(1, points.length - 1);
  const x = (index: number) => plot.left + index * step;
  const path = line<number>(
    (index) => x(index),
    (index) => y(points[index]?.confidence ?? 0),
  )(points.map((_, index) => index));
  const side = Math.max(12, Math.min(40, Math.floor(step) - 4));
  const hovered = hoveredIndex === null ? undefined : points[hoveredIndex];
  const summary = points.map(({ level, confidence }) => `${level}: ${formatConfidence(confidence)}`).join(", ");
  return (
    <figure className={styles.curve}>
      <figcaption className={styles.curveHead}>
        <b>{label}</b>
        <span className="t12 muted">
          {hovered ? (
            <>
              {hovered.level}: <span className="n12">{formatConfidence(hovered.confidence)}</span>
              {hovered.topClass === niche ? "" : `, classified as ${splitLabel(hovered.topLabel).name}`}
            </>
          ) : (
            halfLevelText(curve)
          )}
        </span>
      </figcaption>
      <svg
        className={chartStyles.chart}
        width={width}
        height={plot.height}
        role="img"
        aria-label={`${label}. ${summary}. ${halfLevelText(curve)}.`}
      >
        <defs>
          <linearGradient id={`ramp-${distortion}`} x1="0" y1="1" x2="0" y2="0">
            {axis.stops.map((confidence) => (
              <stop key={confidence} offset={axis.share(confidence)} stopColor={rampColor(confidence)} />
            ))}
          </linearGradient>
        </defs>
        <rect
          x={plot.left - 9}
          y={plot.top}
          width={5}
          height={plot.bottom - plot.top}
          fill={`url(#ramp-${distortion})`}
          className={chartStyles.chartFrame}
        />
        <ValueRules values={axis.ticks} y={y} format={axis.format} from={plot.left} to={width - plot.right} gap={14} />
        <path d={path ?? ""} className={chartStyles.chartLine} />
        {points.map(({ level, confidence }, index) => (
          <rect
            key={level}
            x={x(index) - mark / 2}
            y={y(confidence) - mark / 2}
            width={mark}
            height={mark}
            fill={rampColor(confidence)}
            className={chartStyles.chartDiamond}
          />
        ))}
      </svg>
      <ol className={styles.images}>
        {points.map(({ level, thumbnail, confidence, topClass, topLabel }, index) => (
          <li
            key={level}
            style={{ left: x(index) - side / 2, width: side }}
            data-misclassified={topClass !== niche || undefined}
            onPointerEnter={() => setHoveredIndex(index)}
            onPointerLeave={() => setHoveredIndex(null)}
          >
            <img
              src={thumbnail}
              alt={`At ${level}: ${formatConfidence(confidence)}, classified as ${splitLabel(topLabel).name}`}
              width={side}
            />
            <span className="n11">{level.toString().replace(/^0\./, ".")}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
