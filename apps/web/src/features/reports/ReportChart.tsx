"use client";
/** A chart of a report in the product's style: ink lines distinguished by dash pattern and name, confidences on the nines scale. */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { useRef } from "react";
import type { ReportQuery } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, openNinesScale } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatFigure } from "./figures.ts";
import styles from "./Reports.module.css";
import { reportQuery } from "./reportsFile.ts";

type Curves = NonNullable<ReportQuery["report"]>["experiments"][number]["curves"][number];

const height = 260;
const plot = { left: 56, right: 16, top: 28, bottom: height - 40 } as const;
const confidences = [0, 0.5, 0.9, 0.99, 0.999, 0.9999] as const;
const dashes = ["", "6 3", "2 3", "8 3 2 3", "12 4", "1 2", "4 2 1 2 1 2", "10 2 2 2 2 2"] as const;
const minTickDistance = 90;

interface ReportChartProps {
  readonly reportId: string;
  readonly curves: Curves;
}

export function ReportChart({ reportId, curves: { title, caption, x, y, series } }: ReportChartProps) {
  const [frame, width] = useElementWidth<HTMLElement>(720);
  const svg = useRef<SVGSVGElement>(null);
  const { toolbar, content } = useDataTools({
    name: `${reportId}-${title.replaceAll(/\W+/g, "-").toLowerCase()}`,
    columns: ["line", x, y],
    rows: () => series.flatMap(({ name, points: each }) => each.map((point) => [name, point[0] ?? null, point[1] ?? null])),
    query: reportQuery(reportId, "experiments { id curves { title caption x y series { name points } } }"),
    svg,
  });
  const points = series.flatMap((each) => each.points);
  if (points.length === 0) return null;
  const span = (at: 0 | 1): [number, number] => {
    const values = points.map((point) => point[at] ?? 0);
    return [Math.min(...values), Math.max(...values)];
  };
  const [min, max] = span(1);
  const isConfidence = y.includes("confidence") && min >= 0 && max <= 1;
  const toX = scaleLinear(span(0), [plot.left, width - plot.right]).nice();
  const linear = scaleLinear([Math.min(0, min), max], [plot.bottom, plot.top]).nice();
  const nines = scaleLinear([0, openNinesScale(0.99999)], [plot.bottom, plot.top]).clamp(true);
  const toY = (value: number) => (isConfidence ? nines(openNinesScale(value)) : linear(value));
  const path = line<readonly number[]>(
    (point) => toX(point[0] ?? 0),
    (point) => toY(point[1] ?? 0),
  );
  return (
    <figure ref={frame} className={styles.chart}>
      <figcaption>
        <b>{title}</b> <span className="t12 muted">{caption}</span>
      </figcaption>
      {toolbar}
      {content}
      <svg
        ref={svg}
        className={chartStyles.chart}
        width={width}
        height={height}
        role="img"
        aria-label={`${title}: ${y} by ${x}, ${series.length} lines.`}
      >
        <text x={0} y={14}>
          {y}
        </text>
        <ValueRules
          values={isConfidence ? confidences : linear.ticks(5)}
          y={toY}
          format={isConfidence ? formatAxisConfidence : formatFigure}
          from={plot.left}
          to={width - plot.right}
        />
        {toX.ticks(Math.max(2, Math.min(8, Math.floor(width / minTickDistance)))).map((tick) => (
          <text key={tick} x={toX(tick)} y={plot.bottom + 18} textAnchor="middle">
            {formatFigure(tick)}
          </text>
        ))}
        <text x={width - plot.right} y={height - 4} textAnchor="end">
          {x}
        </text>
        {series.map(({ name, points: each }, index) => (
          <path
            key={name}
            d={path([...each]) ?? ""}
            className={chartStyles.chartLine}
            strokeDasharray={dashes[index % dashes.length]}
            strokeWidth={1.5}
          />
        ))}
      </svg>
      <ul className={styles.legend}>
        {series.map(({ name }, index) => (
          <li key={name} className="t12">
            <svg width="28" height="8" aria-hidden="true">
              <path d="M0 4H28" className={chartStyles.chartLine} strokeDasharray={dashes[index % dashes.length]} strokeWidth={1.5} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}
