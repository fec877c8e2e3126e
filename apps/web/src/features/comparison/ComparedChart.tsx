"use client";
/** The median confidence of each entry over generations, with the 95% interval over the runs of groups. A click shows that generation. */
import { area, line } from "d3-shape";
import { type PointerEvent, useRef, useState } from "react";
import chartStyles from "../charts/Chart.module.css";
import { generationScale, plot, spreadLabels } from "../charts/chartLayout.ts";
import { confidenceAxis } from "../charts/confidenceAxis.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { comparedFields } from "./comparedFields.ts";
import type { ComparedCurves, WriteQuery } from "./comparedParts.ts";
import { letterOf } from "./comparedRuns.ts";
import { lineOf } from "./EntryMark.tsx";

type Point = ComparedCurves["curves"][number]["points"][number];

interface ComparedChartProps {
  readonly comparison: ComparedCurves;
  readonly writeQuery: WriteQuery;
  readonly shown: number;
  /** Absent if the generation cannot be changed. */
  readonly onPick?: (generation: number) => void;
}

export function ComparedChart({ comparison, writeQuery, shown, onPick }: ComparedChartProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(420);
  const svg = useRef<SVGSVGElement>(null);
  const [marked, setMarked] = useState<number | null>(null);
  const { curves, lastGeneration } = comparison;
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
  const tools = useDataTools({
    name: "median-confidence",
    columns: ["entry", "generation", "runs", "median", "low", "high"],
    rows: () =>
      curves.flatMap(({ points }, entry) =>
        points.map(({ generation, median }) => [
          comparison.entries[entry]?.name ?? "",
          generation,
          median.runCount,
          median.mean,
          median.low ?? null,
          median.high ?? null,
        ]),
      ),
    query: writeQuery(comparedFields.curves),
    svg,
  });
  const generationAt = (event: PointerEvent<SVGSVGElement>) => {
    const offset = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.max(0, Math.min(lastGeneration, Math.round(x.invert(offset))));
  };
  const hasGroups = comparison.entries.some(({ runs }) => runs.length > 1);
  const markX = Math.round(x(shown)) + 0.5;
  const summary = ends
    .map((point, entry) => (point === undefined ? "" : `${letterOf(entry)} ${formatConfidence(point.median.mean)}`))
    .filter((text) => text !== "")
    .join(", ");
  return (
    <ResultSection title="Median confidence" tools={tools}>
      <div ref={frame}>
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={width}
          height={plot.height}
          role="img"
          aria-label={`Median confidence over generations. In the end: ${summary}. The table lists every value.`}
          onClick={(event) => onPick?.(generationAt(event as unknown as PointerEvent<SVGSVGElement>))}
        >
          <ValueRules values={axis.ticks} y={axis.y} format={formatAxisConfidence} from={plot.left} to={end} />
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
              <g key={entry} onPointerEnter={() => setMarked(entry)} onPointerLeave={() => setMarked(null)}>
                <circle cx={end + 16} cy={labelY[entry]} r={8.5} fill="var(--paper)" stroke="var(--ink)" />
                <text className={chartStyles.chartLabel} x={end + 16} y={(labelY[entry] ?? 0) + 4} textAnchor="middle">
                  {letterOf(entry)}
                </text>
              </g>
            ),
          )}
        </svg>
      </div>
      <p className="t12 muted">
        Lines are medians over the classes.
        {hasGroups ? " Those of groups are means over runs on the scale of nines, in their 95% intervals (Student’s t)." : null}
      </p>
    </ResultSection>
  );
}
