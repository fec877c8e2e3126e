"use client";
/** What differs between the studies' locked plans, first of all, since it decides what can be compared. */
import { useQueryState } from "nuqs";
import { useDataTools } from "../marks/DataTools.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { sameParser } from "./comparisonState.ts";
import { planFacts } from "./planFacts.ts";
import { type ComparedStudy, plansQuery } from "./readComparison.ts";
import styles from "./StudyComparison.module.css";

export function PlanDifferences({ studies }: { readonly studies: readonly ComparedStudy[] }) {
  const [showsSame, setShowsSame] = useQueryState("same", sameParser);
  const facts = planFacts(studies.map(({ plan }) => plan.plan));
  const keys = studies.map(({ key }) => key);
  const different = facts.filter(({ isSame }) => !isSame);
  const shown = showsSame ? facts : different;
  const tools = useDataTools({
    name: `${keys.join("-")}-plans`,
    columns: ["rule", ...keys],
    rows: facts.map(({ name, values }) => [name, ...values]),
    query: plansQuery(keys),
  });
  return (
    <ResultSection
      title="Differences between the plans"
      tools={tools}
      note={different.length === 0 ? "the plans differ in no rule" : `${different.length} of ${facts.length} rules differ`}
    >
      {shown.length === 0 ? null : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Rules of the plans">
          <table className={styles.plans}>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                {keys.map((key) => (
                  <th key={key} scope="col" className="n12">
                    {key}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ name, values, isSame }) => (
                <tr key={name} data-same={isSame || undefined}>
                  <th scope="row">{name}</th>
                  {values.map((value, index) => (
                    <td key={keys[index]}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={styles.below}>
        <button type="button" className="link" aria-pressed={showsSame} onClick={() => void setShowsSame(showsSame ? null : true)}>
          {showsSame ? "Show only what differs" : "Show rules that are the same, too"}
        </button>
      </p>
    </ResultSection>
  );
}
