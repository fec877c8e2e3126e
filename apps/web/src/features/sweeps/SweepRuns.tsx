"use client";
/** All runs of a sweep as a table, point by point. */
import { useState } from "react";
import type { RunState } from "../../graphql/generated/graphql.ts";
import { formatConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Sweeps.module.css";
import { formatNines, labelOfValue, type SweepOnPage } from "./sweepOnPage.ts";
import { resultsQuery } from "./sweepQueries.ts";

const step = 100;
const stopWords = {
  PLATEAU: "plateau of the search’s median",
  MEDIAN: "below the search’s median",
  HALVING: "successive halving",
} as const;

export function SweepRuns({ sweep }: { readonly sweep: SweepOnPage }) {
  const [most, setMost] = useState(step);
  const rows = sweep.results.points.flatMap((point) => point.runs.map((run) => ({ point, run })));
  const tools = useDataTools({
    name: `${sweep.key}-all-runs`,
    columns: ["run", "name", ...sweep.axes.map(({ label }) => label), "seed", "state", "stopped by", "evaluations", "median confidence"],
    rows: () =>
      rows.map(({ point, run }) => [
        run.key,
        run.name,
        ...sweep.axes.map((axis, i) => labelOfValue(axis, (point.values as readonly unknown[])[i])),
        run.seed,
        run.state,
        run.stoppedBy ?? null,
        run.evaluations,
        run.median ?? null,
      ]),
    query: resultsQuery(sweep.key),
  });
  return (
    <ResultSection title="Runs" tools={tools}>
      <div className={styles.tableFrame} tabIndex={0} role="region" aria-label="Runs of the sweep">
        <table>
          <thead>
            <tr>
              <th scope="col">Run</th>
              {sweep.axes.map(({ path, label }) => (
                <th key={path} scope="col" className="right">
                  {label}
                </th>
              ))}
              <th scope="col" className="right">
                Seed
              </th>
              <th scope="col">State</th>
              <th scope="col" className="right">
                Evaluations
              </th>
              <th scope="col" className="right">
                Median
              </th>
              <th scope="col" className="right">
                Nines
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map(({ point, run }) => (
              <tr key={run.key}>
                <td className={styles.runName}>
                  <span title={run.name}>{run.name}</span>
                  <Link className="link n12" href={`/runs/${run.key}`}>
                    {run.key}
                  </Link>
                </td>
                {sweep.axes.map((axis, i) => (
                  <td key={axis.path} className="right n12">
                    {labelOfValue(axis, (point.values as readonly unknown[])[i])}
                  </td>
                ))}
                <td className="right n12">{run.seed}</td>
                <td>
                  <StateGlyph state={run.state as RunState} />{" "}
                  {run.waitsAtRung == null ? null : <span className="t12 muted">waits at rung {run.waitsAtRung}</span>}
                  {run.stoppedBy == null ? null : <span className="t12 muted">{stopWords[run.stoppedBy]}</span>}
                </td>
                <td className="right n12">{formatCount(run.evaluations)}</td>
                <td className="right n12">{run.median == null ? "–" : formatConfidence(run.median)}</td>
                <td className="right n12">{run.nines == null ? "–" : formatNines(run.nines)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > most ? (
        <button type="button" className={toolButtonStyles.toolButton} onClick={() => setMost(most + step)}>
          Show more of {formatCount(rows.length)}
        </button>
      ) : null}
    </ResultSection>
  );
}
