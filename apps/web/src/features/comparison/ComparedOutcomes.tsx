"use client";
/** What each entry's runs have reached, by the criterion of their kind, and their median: for runs of every kind. */
import { formatMiss } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { OutcomeCount } from "../marks/Outcome.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Comparison.module.css";
import { comparedFields } from "./comparedFields.ts";
import type { ComparedOutcomes as Outcomes, WriteQuery } from "./comparedParts.ts";
import { EntryMark } from "./EntryMark.tsx";
import { groupMedians, outcomeColumns, outcomeRows, outcomesOf } from "./outcomeRows.ts";

interface ComparedOutcomesProps {
  readonly comparison: Outcomes;
  readonly writeQuery: WriteQuery;
}

export function ComparedOutcomes({ comparison, writeQuery }: ComparedOutcomesProps) {
  const tools = useDataTools({
    name: "outcomes",
    columns: outcomeColumns,
    rows: outcomeRows(comparison),
    query: writeQuery(comparedFields.outcomes),
  });
  const rows = outcomesOf(comparison);
  if (rows.length === 0) return null;
  return (
    <ResultSection title="Results" tools={tools}>
      <div className={styles.scroll}>
        <table className={styles.figures}>
          <thead>
            <tr>
              <th scope="col">{comparison.entries.some(({ runs }) => runs.length > 1) ? "Entry" : "Run"}</th>
              <th scope="col">Kind</th>
              <th scope="col" className="right">
                Median
              </th>
              <th scope="col">Reached</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ entry, outcome }) => (
              <tr key={`${entry} ${outcome.kind}`}>
                <th scope="row">
                  <EntryMark entry={entry} title={comparison.entries[entry]?.name ?? ""} />
                </th>
                <td className="t12">{outcome.kindLabel}</td>
                <td className="right n12">
                  {outcome.median == null ? "–" : formatMiss(outcome.median.mean)}
                  {outcome.median?.low == null || outcome.median.high == null ? null : (
                    <span className={styles.interval}>
                      <span>{formatMiss(outcome.median.low)} to</span> <span>{formatMiss(outcome.median.high)},</span>{" "}
                      <span>n = {outcome.median.runCount}</span>
                    </span>
                  )}
                  {outcome.runCount > 1 && outcome.median?.intervalReason != null ? (
                    <span className={`${styles.interval} second`}>{outcome.median.intervalReason}</span>
                  ) : null}
                </td>
                <td className="t12">
                  <OutcomeCount outcome={outcome} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.some(({ outcome }) => outcome.median?.low != null) ? <p className="t12 second">{groupMedians}</p> : null}
    </ResultSection>
  );
}
