"use client";
/** When the median of each entry first reached .9999. */
import { formatCount } from "../marks/numbers.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Comparison.module.css";
import { EntryMark } from "./EntryMark.tsx";
import type { RunComparison } from "./useComparison.ts";

export function ComparedReach({ comparison }: { readonly comparison: RunComparison }) {
  const { reach, lastGeneration } = comparison;
  return (
    <ResultSection title="First median ≥ .9999">
      <ul className={styles.reach}>
        {reach.map(({ generations, median }, entry) => {
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
