"use client";
/** A chart of class difficulty: the number of competing classes against the confidence of each class's elite. */
import { scaleLinear } from "d3-scale";
import { useRef } from "react";
import { RunDifficultyDocument } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { confidenceAxis } from "../charts/confidenceAxis.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence, rampColor } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { AsOfGeneration } from "./AsOfGeneration.tsx";
import type { AnalysedRun } from "./analysedRun.ts";
import { difficultyQuery } from "./analysisQueries.ts";
import { useOnDemandQuery } from "./useOnDemandQuery.ts";

const height = 260;
const plot = { left: 54, right: 16, top: 12, bottom: 220 };
/** Only the hardest classes are labelled, since more labels would overlap. */
const maxLabels = 12;
const columns = ["class", "label", "confidence", "rival", "rivalConfidence", "neighbours"];

export function ClassDifficulty({ run }: { readonly run: AnalysedRun }) {
  const { data, status } = useOnDemandQuery(RunDifficultyDocument, run);
  const [frame, width] = useElementWidth<HTMLDivElement>(888);
  const svg = useRef<SVGSVGElement>(null);
  const difficulty = data?.node?.__typename === "EvolutionRun" ? data.node.difficulty : null;
  const classes = difficulty?.classes ?? [];
  const tools = useDataTools({
    name: `${run.key}-difficulty`,
    columns,
    rows: classes.map((row) => [row.niche, row.label, row.confidence, row.rivalLabel, row.rivalConfidence, row.neighbours]),
    query: difficultyQuery(run.id),
    svg,
  });
  const maxNeighbours = Math.max(2, ...classes.map(({ neighbours }) => neighbours));
  const x = scaleLinear([1, maxNeighbours], [plot.left, width - plot.right]).nice();
  const { ticks, y } = confidenceAxis(
    classes.map(({ confidence }) => confidence),
    plot,
  );
  const competition = difficulty?.competition;
  const correlation =
    typeof competition === "number" ? `Spearman’s correlation ${competition.toFixed(2)}` : "Too few classes for a correlation";
  return (
    <div ref={frame}>
      {difficulty ? <AsOfGeneration status={status} /> : null}
      {status.error && !difficulty ? <RequestError message={status.error.message} onRetry={status.refresh} /> : null}
      {status.loading && !difficulty ? <p className="muted">Loading.</p> : null}
      {difficulty && classes.length === 0 ? <p className="second">No niche has an elite yet.</p> : null}
      {classes.length > 0 ? (
        <>
          <div className="sectionHead">
            <p className="second">
              {correlation} of neighbours and confidence over <span className="n12">{formatCount(classes.length)}</span> classes. It is
              negative even without competition, since the remaining probability of a low-confidence elite is spread over other classes.
            </p>
            {tools.toolbar}
          </div>
          {tools.content}
          <svg
            ref={svg}
            className={chartStyles.chart}
            width={width}
            height={height}
            role="img"
            aria-label={`Neighbours against confidence. ${correlation}. The hardest class is ${classes[0]?.label}. The table lists every class.`}
          >
            <ValueRules values={ticks} y={y} format={formatAxisConfidence} from={plot.left} to={width - plot.right} />
            {x.ticks(6).map((tick) => (
              <text key={tick} x={x(tick)} y={plot.bottom + 18} textAnchor="middle">
                {tick}
              </text>
            ))}
            <text x={width - plot.right} y={height - 4} textAnchor="end">
              effective number of competing classes
            </text>
            {classes.map((row, rank) => (
              <g key={row.niche}>
                <circle
                  cx={x(row.neighbours)}
                  cy={y(row.confidence)}
                  r={classes.length > 100 ? 3 : 5}
                  fill={rampColor(row.confidence)}
                  className={chartStyles.chartDiamond}
                >
                  <title>{`${row.label}: ${formatConfidence(row.confidence)}, ${row.neighbours.toFixed(1)} neighbours, rival ${row.rivalLabel}`}</title>
                </circle>
                {rank < maxLabels ? (
                  <text
                    x={x(row.neighbours) + (x(row.neighbours) > width * 0.8 ? -8 : 8)}
                    y={y(row.confidence) + 4}
                    textAnchor={x(row.neighbours) > width * 0.8 ? "end" : "start"}
                    className={chartStyles.chartLabel}
                  >
                    {row.label}
                  </text>
                ) : null}
              </g>
            ))}
          </svg>
        </>
      ) : null}
    </div>
  );
}
