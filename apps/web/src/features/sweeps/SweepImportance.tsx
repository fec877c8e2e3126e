"use client";
/** The importance of a sweep's axes: bars of the variance that each explains, with intervals, or the reason why there are none. */

import { useRef } from "react";
import type { SweepFindingsQuery } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { formatCount } from "../marks/numbers.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Sweeps.module.css";
import { formatShareOfVariance, type SweepOnPage } from "./sweepOnPage.ts";
import { importanceQuery } from "./sweepQueries.ts";

type Importance = NonNullable<NonNullable<SweepFindingsQuery["sweep"]>["importance"]>;

const rowHeight = 42;

export function SweepImportance({ sweep, importance }: { readonly sweep: SweepOnPage; readonly importance: Importance | null }) {
  if (importance === null)
    return (
      <ResultSection title="Importance">
        <p className="second">
          Known once several runs have ended: all points of a grid at least once, or twelve runs of six points of a random sample.
        </p>
      </ResultSection>
    );
  return <Shares sweep={sweep} importance={importance} />;
}

/** Of the point with most: completed runs, whose results count. */
function mostSeeds({ results }: SweepOnPage): number {
  return Math.max(0, ...results.points.map(({ runs }) => runs.filter(({ median }) => median != null).length));
}

function Shares({ sweep, importance }: { readonly sweep: SweepOnPage; readonly importance: Importance }) {
  const [frame, width] = useElementWidth<HTMLDivElement>(300);
  const svg = useRef<SVGSVGElement>(null);
  const { shares, isExact, runs, intervalReason } = importance;
  const tools = useDataTools({
    name: `${sweep.key}-importance`,
    columns: ["source of variance", "share", ...intervalColumns()],
    rows: shares.map(({ label, share, low, high }) => [label, share, ...intervalCells({ low, high, intervalReason }, "other seeds")]),
    query: importanceQuery(sweep.key),
    svg,
  });
  const hasIntervals = intervalReason == null;
  const barEnd = Math.max(60, width - 130);
  return (
    <ResultSection title="Importance" tools={tools}>
      <div ref={frame}>
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={width}
          height={shares.length * rowHeight}
          role="img"
          aria-label={`Shares of the variance: ${shares.map(({ label, share }) => `${label} ${formatShareOfVariance(share)}`).join(", ")}.`}
        >
          {shares.map(({ path, label, share, low, high }, row) => (
            <g key={path} transform={`translate(0 ${row * rowHeight})`}>
              <text x={0} y={18} className={chartStyles.chartLabel}>
                {label}
              </text>
              <rect x={0} y={26} width={Math.max(1, share * barEnd)} height={5} className={styles.shareBar} />
              {low == null || high == null ? null : (
                <>
                  <path d={`M${Math.max(0, share) * barEnd} 28.5H${high * barEnd}M${high * barEnd} 24.5V32.5`} className={styles.whisker} />
                  <path
                    d={`M${low * barEnd} 28.5H${Math.max(low, share) * barEnd}M${low * barEnd} 26V31`}
                    className={styles.whiskerOnBar}
                  />
                </>
              )}
              <text x={width - 78} y={24} textAnchor="end" className={styles.shareText}>
                {formatShareOfVariance(share)}
              </text>
              {low == null || high == null ? null : (
                <text x={width} y={24} textAnchor="end">
                  {formatShareOfVariance(low)} – {formatShareOfVariance(high)}
                </text>
              )}
              <line x1={0} x2={width} y1={rowHeight - 0.5} y2={rowHeight - 0.5} className={chartStyles.chartRule} />
            </g>
          ))}
        </svg>
      </div>
      <p className={`t12 muted ${styles.caption}`}>
        Share of the variance in nines: functional ANOVA {isExact ? "of the full grid" : "by a random forest"}, over {formatCount(runs)}{" "}
        runs. {intervalReason ?? "95% intervals for other seeds."}
        {hasIntervals && mostSeeds(sweep) === 2
          ? " Two seeds at a point say little about chance, so intervals are wide. Run more seeds."
          : null}
        {shares.some(({ share }) => share === 0)
          ? " A source with a share of 0 explains nothing that the runs can show: negative estimates of a variance count as 0. So other sources without effect are above 0 by chance."
          : null}
      </p>
    </ResultSection>
  );
}
