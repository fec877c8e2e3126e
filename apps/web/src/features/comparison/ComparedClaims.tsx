"use client";
/** Metrics stated by the sources of imported runs, separate from all measurements made here: no curve, test or image uses them. */
import { useDataTools } from "../marks/DataTools.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Comparison.module.css";
import { comparedFields } from "./comparedFields.ts";
import type { ComparedClaims as Claims, WriteQuery } from "./comparedParts.ts";
import { letterOf } from "./comparedRuns.ts";
import { EntryMark } from "./EntryMark.tsx";
import { valuesOfEntry } from "./valuesOfEntry.ts";

interface ComparedClaimsProps {
  readonly comparison: Claims;
  readonly writeQuery: WriteQuery;
}

export function ComparedClaims({ comparison, writeQuery }: ComparedClaimsProps) {
  const { claims, entries } = comparison;
  const stating = entries.flatMap((_, entry) => (claims.some(({ values }) => (values[entry]?.count ?? 0) > 0) ? [entry] : []));
  const tools = useDataTools({
    name: "stated-by-sources",
    columns: ["metric", ...stating.map(letterOf)],
    rows: claims.map(({ name, values }) => [name, ...stating.map((entry) => valuesOfEntry(values[entry] ?? { values: [], count: 0 }))]),
    query: writeQuery(comparedFields.claims),
  });
  if (stating.length === 0) return null;
  return (
    <ResultSection title="Stated by the source" tools={tools}>
      <p className="t12 muted">
        Other programs computed the imported runs of {stating.map(letterOf).join(", ")}. These figures are theirs and were not measured
        here, so they are in no curve, test or image of this comparison.
      </p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Figures of imported runs">
        <table className={styles.settings}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visuallyHidden">Metric</span>
              </th>
              {stating.map((entry) => (
                <th key={entry} scope="col">
                  <EntryMark entry={entry} title={entries[entry]?.name ?? ""} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {claims.map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {stating.map((entry) => (
                  <td key={entry} className="n12">
                    {valuesOfEntry(values[entry] ?? { values: [], count: 0 })}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ResultSection>
  );
}
