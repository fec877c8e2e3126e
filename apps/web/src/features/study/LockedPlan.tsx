"use client";
/** The locked plan: its hash, computed again in this browser, its rules, and its canonical text. */
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { CopyButton } from "../marks/CopyButton.tsx";
import { downloadFile } from "../marks/downloadFile.ts";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValueStyles from "../marks/KeyValues.module.css";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useHash } from "../studyBuilder/planHash.ts";
import { planFacts } from "./planFacts.ts";
import styles from "./StudyView.module.css";

export function LockedPlan({ study, plan }: { readonly study: StudyOnPageFragment; readonly plan: StudyPlan | null }) {
  const text = study.planText ?? null;
  const hash = useHash(text);
  if (text === null) return <p className="second">This study has no plan.</p>;
  return (
    <section aria-labelledby="study-locked">
      <div className="sectionHead">
        <h2 id="study-locked">Locked plan</h2>
        <span>
          <CopyButton text={text} label="Copy the plan" />
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            onClick={() => downloadFile(`${study.key}-plan.json`, text, "application/json")}
          >
            JSON
          </button>
        </span>
      </div>
      <p className="second">
        SHA-256 <code className={styles.address}>{study.planHash}</code>
        <br />
        <span role="status">
          {hash === undefined
            ? "This browser is computing the hash."
            : hash === null
              ? "This browser computes hashes only on pages with HTTPS."
              : hash === study.planHash
                ? "This browser has computed the same hash from the text of the plan."
                : "The text of the plan has another hash. Do not use the votes before this is explained."}
        </span>
      </p>
      {plan === null ? null : (
        <dl className={`${keyValueStyles.keyRows} ${styles.planFacts}`}>
          {planFacts(plan).map(([name, value]) => (
            <KeyRow key={name} name={name}>
              {value}
            </KeyRow>
          ))}
        </dl>
      )}
      <details>
        <summary className={toolButtonStyles.toolButton}>Text of the plan</summary>
        <pre className={styles.planText} tabIndex={0}>
          {JSON.stringify(JSON.parse(text), null, 2)}
        </pre>
      </details>
    </section>
  );
}
