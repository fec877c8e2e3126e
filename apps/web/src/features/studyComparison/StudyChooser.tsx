"use client";
/** The chosen studies, each with a button that removes it, and a list to add another. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { StudiesToCompareDocument } from "../../graphql/generated/graphql.ts";
import { maxStudies } from "./comparisonState.ts";
import styles from "./StudyComparison.module.css";

interface StudyChooserProps {
  readonly keys: readonly string[];
  onChange(keys: readonly string[]): void;
}

export function StudyChooser({ keys, onChange }: StudyChooserProps) {
  const { data } = useLiveQuery({ query: StudiesToCompareDocument, variables: {} });
  const known = data?.studies.nodes ?? [];
  const others = known.filter(({ key }) => !keys.includes(key));
  return (
    <div className={styles.chooser} role="group" aria-label="Compared studies">
      {keys.map((key) => (
        <span key={key} className={styles.chosen}>
          <span className="n12">{key}</span> <span>{known.find((study) => study.key === key)?.title ?? ""}</span>
          <button type="button" aria-label={`Remove ${key}`} onClick={() => onChange(keys.filter((one) => one !== key))}>
            ×
          </button>
        </span>
      ))}
      {keys.length >= maxStudies ? (
        <span className="t12 muted">At most {maxStudies} studies are compared at once.</span>
      ) : (
        <select
          className="input"
          aria-label="Add a study"
          value=""
          disabled={others.length === 0}
          onChange={(event) => {
            if (event.target.value !== "") onChange([...keys, event.target.value]);
          }}
        >
          <option value="">{others.length === 0 ? "No other study was opened" : "Add a study"}</option>
          {others.map(({ key, title }) => (
            <option key={key} value={key}>
              {key} {title}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
