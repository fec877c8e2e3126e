"use client";
/** The median confidence of each entry over generations, with the 95% interval over the runs of groups. A click shows that generation. */

import { type PointerEvent, useRef, useState } from "react";
import chartStyles from "../charts/Chart.module.css";
import { generationScale, plot } from "../charts/chartLayout.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { formatConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { ComparedLines } from "./ComparedLines.tsx";
import { comparedFields } from "./comparedFields.ts";
import type { ComparedCurves, WriteQuery } from "./comparedParts.ts";
import { letterOf } from "./comparedRuns.ts";

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
  const ends = curves.map(({ points }) => points.at(-1));
  const tools = useDataTools({
    name: "median-confidence",
    columns: ["entry", "generation", "runs", "median", ...intervalColumns()],
    rows: () =>
      curves.flatMap(({ points }, entry) =>
        points.map(({ generation, median }) => [
          comparison.entries[entry]?.name ?? "",
          generation,
          median.runCount,
          median.mean,
          ...intervalCells(median, "other runs"),
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
          <ComparedLines comparison={comparison} width={width} shown={shown} marked={marked} onMark={setMarked} />
        </svg>
      </div>
      <p className="t12 muted">
        Lines are medians over the classes.
        {hasGroups ? " Lines of groups are means over runs on the scale of nines, with 95% intervals for other runs (Student’s t)." : null}
      </p>
    </ResultSection>
  );
}
