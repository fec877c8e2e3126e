"use client";
/** The settings in which the runs differ, first of all, since they decide what the rest of the comparison means. */
import { useQueryState } from "nuqs";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { alignedTable } from "./alignedTable.ts";
import styles from "./Comparison.module.css";
import { comparedFields } from "./comparedFields.ts";
import type { ComparedSettings, WriteQuery } from "./comparedParts.ts";
import { sameParser } from "./comparisonState.ts";
import { EntryLine, EntryMark } from "./EntryMark.tsx";
import { valuesOfEntry } from "./valuesOfEntry.ts";

interface SettingDifferencesProps {
  readonly comparison: ComparedSettings;
  readonly writeQuery: WriteQuery;
}

export function SettingDifferences({ comparison, writeQuery }: SettingDifferencesProps) {
  const [showsSame, setShowsSame] = useQueryState("same", sameParser);
  const { parameters } = comparison;
  const different = parameters.filter(({ differs }) => differs);
  const sameCount = parameters.length - different.length;
  const shown = showsSame ? parameters : different;
  const names = comparison.entries.map(({ name }) => name);
  const tools = useDataTools({
    name: "settings",
    columns: ["setting", ...names],
    rows: parameters.map(({ label, values }) => [label, ...values.map(valuesOfEntry)]),
    query: writeQuery(comparedFields.settings),
  });
  return (
    <ResultSection
      title="Settings"
      tools={tools}
      note={
        different.length === 0 ? "the runs do not differ" : `${formatCount(different.length)} of ${formatCount(parameters.length)} differ`
      }
    >
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Settings of the runs">
        <table {...alignedTable(styles.settings, comparison.entries.length)}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visuallyHidden">Setting</span>
              </th>
              {comparison.entries.map(({ name, runs }, entry) => (
                <th key={entry} scope="col">
                  <span className={styles.entryHead}>
                    <EntryMark entry={entry} />
                    <span className={styles.entryName} title={name}>
                      {runs.length === 1 ? <Link href={`/runs/${runs[0]?.key}`}>{name}</Link> : name}
                    </span>
                  </span>
                  <EntryLine entry={entry} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, label, differs, values }) => (
              <tr key={name} data-same={!differs || undefined}>
                <th scope="row">{label}</th>
                {values.map((value, entry) => (
                  <td key={entry}>{valuesOfEntry(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sameCount === 0 ? null : (
        <p className={`t12 muted ${styles.below}`}>
          {showsSame ? null : `${formatCount(sameCount)} further settings are the same. `}
          <button type="button" className="link" aria-pressed={showsSame} onClick={() => void setShowsSame(showsSame ? null : true)}>
            {showsSame ? "Show only what differs" : "Show all"}
          </button>
        </p>
      )}
    </ResultSection>
  );
}
