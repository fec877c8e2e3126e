"use client";
/** When the median of each entry first reached .9999. */
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Comparison.module.css";
import { comparedFields } from "./comparedFields.ts";
import type { ComparedReaches, WriteQuery } from "./comparedParts.ts";
import { letterOf } from "./comparedRuns.ts";
import { EntryMark } from "./EntryMark.tsx";

interface ComparedReachProps {
  readonly comparison: ComparedReaches;
  readonly writeQuery: WriteQuery;
}

export function ComparedReach({ comparison, writeQuery }: ComparedReachProps) {
  const { reach, lastGeneration } = comparison;
  // Other runs have no generations.
  const evolved = reach.flatMap((reached, entry) => (reached.generations.length === 0 ? [] : [{ ...reached, entry }]));
  const tools = useDataTools({
    name: "first-median-above-9999",
    columns: ["entry", "name", "median over runs", "reached", "runs"],
    rows: evolved.map(({ entry, generations, median }) => [
      letterOf(entry),
      comparison.entries[entry]?.name ?? "",
      median ?? null,
      generations.filter((generation) => generation !== null).length,
      generations.length,
    ]),
    query: writeQuery(comparedFields.reach),
  });
  return (
    <ResultSection title="First median ≥ .9999" tools={tools}>
      <ul className={styles.reach}>
        {evolved.map(({ entry, generations, median }) => {
          const reached = generations.filter((generation) => generation !== null).length;
          return (
            <li key={entry}>
              <EntryMark entry={entry} title={comparison.entries[entry]?.name ?? ""} />
              <span className={styles.track} aria-hidden="true">
                {median == null ? null : <i style={{ width: `${(100 * median) / Math.max(1, lastGeneration)}%` }} />}
              </span>
              <span className="t12 muted">
                {median == null ? (
                  "not reached"
                ) : (
                  <>
                    gen <b className="n12">{formatCount(Math.round(median))}</b>
                  </>
                )}
                {generations.length > 1 ? `, ${reached} of ${generations.length} runs` : null}
              </span>
            </li>
          );
        })}
      </ul>
    </ResultSection>
  );
}
