/** The drawing of the median curves: axes, intervals, one line for each entry, and the generation shown. For the page and for files. */
import { area, line } from "d3-shape";
import { AxisRamp, gapWithRamp } from "../charts/AxisRamp.tsx";
import chartStyles from "../charts/Chart.module.css";
import { generationScale, plot, spreadLabels } from "../charts/chartLayout.ts";
import { confidenceAxis } from "../charts/confidenceAxis.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import type { ComparedCurves } from "./comparedParts.ts";
import { letterOf } from "./comparedRuns.ts";
import { lineOf } from "./EntryMark.tsx";

type Point = ComparedCurves["curves"][number]["points"][number];

interface ComparedLinesProps {
  readonly comparison: Pick<ComparedCurves, "curves" | "lastGeneration">;
  /** In pixels. */
  readonly width: number;
  readonly shown: number;
  /** The entry whose line stands out; null for none. */
  readonly marked?: number | null;
  readonly onMark?: (entry: number | null) => void;
}

export function ComparedLines({ comparison: { curves, lastGeneration }, width, shown, marked = null, onMark }: ComparedLinesProps) {
  const x = generationScale(lastGeneration, width);
  const axis = confidenceAxis(
    curves.flatMap(({ points }) => points.map(({ median }) => median.mean)),
    plot,
  );
  const end = width - plot.right;
  const drawn = line<Point>(
    (point) => x(point.generation),
    (point) => axis.y(point.median.mean),
  );
  const band = area<Point>(
    (point) => x(point.generation),
    (point) => axis.y(point.median.low ?? point.median.mean),
    (point) => axis.y(point.median.high ?? point.median.mean),
  );
  const ends = curves.map(({ points }) => points.at(-1));
  const labelY = spreadLabels(
    ends.map((point) => axis.y(point?.median.mean ?? 0)),
    18,
    plot.bottom,
  );
  const markX = Math.round(x(shown)) + 0.5;
  return (
    <>
      <AxisRamp axis={axis} />
      <ValueRules values={axis.ticks} y={axis.y} format={formatAxisConfidence} from={plot.left} to={end} gap={gapWithRamp} />
      {x.ticks(Math.max(2, Math.min(6, Math.floor(width / 80)))).map((generation) =>
        Number.isInteger(generation) ? (
          <text key={generation} x={x(generation)} y={plot.bottom + 20} textAnchor="middle">
            {formatCount(generation)}
          </text>
        ) : null,
      )}
      {curves.map(({ points }, entry) =>
        points.some(({ median }) => median.low !== null) ? (
          <path key={entry} d={band([...points]) ?? ""} className={chartStyles.chartBand} />
        ) : null,
      )}
      <line x1={markX} x2={markX} y1={plot.top} y2={plot.bottom} className={chartStyles.chartMark} />
      {curves.map(({ points }, entry) => (
        <path
          key={entry}
          d={drawn([...points]) ?? ""}
          className={chartStyles.chartLine}
          {...lineOf(entry)}
          opacity={marked === null || marked === entry ? 1 : 0.25}
        />
      ))}
      {ends.map((point, entry) =>
        point === undefined ? null : (
          <g key={entry} onPointerEnter={() => onMark?.(entry)} onPointerLeave={() => onMark?.(null)}>
            <circle cx={end + 16} cy={labelY[entry]} r={8.5} fill="var(--paper)" stroke="var(--ink)" />
            <text className={chartStyles.chartLabel} x={end + 16} y={(labelY[entry] ?? 0) + 4} textAnchor="middle">
              {letterOf(entry)}
            </text>
          </g>
        ),
      )}
    </>
  );
}
