"use client";
/** The median confidence by generation of some evolutions, on the nines scale. */
import { line } from "d3-shape";
import { useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PublicCurvesDocument } from "../../graphql/generated/graphql.ts";
import { AxisRamp, gapWithRamp } from "../charts/AxisRamp.tsx";
import chartStyles from "../charts/Chart.module.css";
import { generationScale, plot } from "../charts/chartLayout.ts";
import { confidenceAxis } from "../charts/confidenceAxis.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import type { CurveLine } from "./curveLines.ts";
import { curvesQuery } from "./curvesQuery.ts";

interface MedianCurvesProps {
  /** Of the files, without extension. */
  readonly name: string;
  /** How each evolution is drawn, by ID. */
  readonly lines: ReadonlyMap<string, CurveLine>;
  readonly poll: number | null;
}

export function MedianCurves({ name, lines, poll }: MedianCurvesProps) {
  const ids = [...lines.keys()];
  const { data, error, refetch } = useLiveQuery({
    query: PublicCurvesDocument,
    variables: { ids },
    pause: ids.length === 0,
    poll,
  });
  const [frame, width] = useElementWidth<HTMLElement>(560);
  const svg = useRef<SVGSVGElement>(null);
  const runs =
    data?.nodes.flatMap((node) =>
      node?.__typename === "EvolutionRun"
        ? [
            {
              ...node,
              statistics: node.statistics.flatMap(({ generation, median }) => (typeof median === "number" ? [{ generation, median }] : [])),
            },
          ]
        : [],
    ) ?? [];
  const rows = runs.flatMap(({ key, statistics }) => statistics.map(({ generation, median }) => [key, generation, median] as const));
  const { toolbar, content } = useDataTools({ name, columns: ["run", "generation", "median"], rows, query: curvesQuery(ids), svg });
  if (ids.length === 0) return null;
  const last = Math.max(1, ...rows.map(([, generation]) => generation));
  const x = generationScale(last, width);
  const axis = confidenceAxis(
    rows.map(([, , median]) => median),
    plot,
  );
  const summary = runs.map(({ key, statistics }) => `${key} ${formatConfidence(statistics.at(-1)?.median ?? 0)}`).join(", ");
  return (
    <section ref={frame} aria-labelledby="curves">
      <div className="sectionHead">
        <h2 id="curves">Median confidence by generation</h2>
        {data === undefined ? null : toolbar}
      </div>
      {content}
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={3} height={88} />
        )
      ) : (
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={width}
          height={plot.height}
          role="img"
          aria-label={`Median confidence by generation. At the end: ${summary}. The table lists every value.`}
        >
          <AxisRamp axis={axis} />
          <ValueRules
            values={axis.ticks}
            y={axis.y}
            format={formatAxisConfidence}
            from={plot.left}
            to={width - plot.right}
            gap={gapWithRamp}
          />
          {x.ticks(Math.max(2, Math.min(6, Math.floor(width / 90)))).map((generation) =>
            Number.isInteger(generation) ? (
              <text key={generation} x={x(generation)} y={plot.bottom + 20} textAnchor="middle">
                {formatCount(generation)}
              </text>
            ) : null,
          )}
          {runs.map(({ id, statistics }) => {
            const path = line<(typeof statistics)[number]>(
              ({ generation }) => x(generation),
              ({ median }) => axis.y(median),
            );
            const { dash = "", letter = "" } = lines.get(id) ?? {};
            const end = statistics.at(-1);
            return (
              <g key={id}>
                <path d={path(statistics) ?? ""} className={chartStyles.chartLine} strokeWidth={1.5} strokeDasharray={dash} />
                {end === undefined ? null : (
                  <text className={chartStyles.chartLabel} x={x(end.generation) + 8} y={axis.y(end.median) + 4}>
                    {letter}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
    </section>
  );
}
