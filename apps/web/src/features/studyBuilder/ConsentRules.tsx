"use client";
/** What voters read and accept before their first trial, in each language. */
import type { ConsentTexts } from "@pareidolia/perception/study/consent";
import { maxConsentTextLength } from "@pareidolia/perception/study/consent";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { NumberInput } from "./NumberInput.tsx";
import styles from "./PlanRules.module.css";
import { rowId } from "./ruleRows.ts";

const fields = [
  ["introduction", "What the study is about"],
  ["kept", "What is kept"],
  ["shared", "What is shared"],
  ["withdrawal", "How to withdraw"],
] as const satisfies readonly (readonly [keyof ConsentTexts, string])[];

const oldest = 120;
const maxVersions = 10_000;

interface ConsentRulesProps {
  readonly draft: StudyDraft;
  onChange(change: Partial<StudyDraft>): void;
}

export function ConsentRules({ draft, onChange }: ConsentRulesProps) {
  const { consent, languages } = draft;
  const change = (part: Partial<StudyDraft["consent"]>) => onChange({ consent: { ...consent, ...part } });
  return (
    <details className={styles.consent} id={rowId("consent")} tabIndex={-1}>
      <summary className={toolButtonStyles.toolButton}>
        Consent: text v{consent.version}, {languages.join(", ")}
        {consent.minimumAge === null ? "" : `, from ${consent.minimumAge} years`}
      </summary>
      <div className={styles.consentFields}>
        <div>
          <span className="fieldLabel">Version, higher after each change of the texts</span>
          <NumberInput
            label="Version of the consent"
            value={consent.version}
            minimum={1}
            maximum={maxVersions}
            onChange={(version) => {
              if (version !== null) change({ version });
            }}
          />
        </div>
        <div>
          <span className="fieldLabel">Minimum age, in years</span>
          <NumberInput
            label="Minimum age of voters"
            value={consent.minimumAge}
            minimum={0}
            maximum={oldest}
            empty="no limit"
            onChange={(minimumAge) => change({ minimumAge })}
          />
        </div>
        {languages.flatMap((language) =>
          fields.map(([name, label]) => (
            <label key={`${language} ${name}`}>
              <span className="fieldLabel">
                {label}, in {language}
              </span>
              <textarea
                className="input"
                rows={4}
                lang={language}
                maxLength={maxConsentTextLength}
                value={consent.texts[language]?.[name] ?? ""}
                onChange={({ target }) => {
                  const own = consent.texts[language] ?? { introduction: "", kept: "", shared: "", withdrawal: "" };
                  change({ texts: { ...consent.texts, [language]: { ...own, [name]: target.value } } });
                }}
              />
            </label>
          )),
        )}
      </div>
    </details>
  );
}
