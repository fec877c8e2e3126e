"use client";
/** What voters read about each question, in each language: instructions before its first trial, and its wording. */
import { maxInstructionsLength, maxQuestionLength, type PhaseText, phaseTextsIn } from "@pareidolia/perception/study/phaseTexts";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./PlanRules.module.css";
import { rowId } from "./ruleRows.ts";

interface PhaseTextRulesProps {
  readonly draft: StudyDraft;
  onChange(change: Partial<StudyDraft>): void;
}

export function PhaseTextRules({ draft, onChange }: PhaseTextRulesProps) {
  const { phases, languages, phaseTexts } = draft;
  const change = (language: string, phase: number, part: Partial<PhaseText>) => {
    const own = phaseTextsIn(phaseTexts, language, phases.length);
    onChange({ phaseTexts: { ...phaseTexts, [language]: own.map((text, index) => (index === phase ? { ...text, ...part } : text)) } });
  };
  return (
    <details className={styles.consent} id={rowId("phaseTexts")} tabIndex={-1}>
      <summary className={toolButtonStyles.toolButton}>Texts of the questions: {languages.join(", ")}</summary>
      <div className={styles.consentFields}>
        {languages.flatMap((language) =>
          phaseTextsIn(phaseTexts, language, phases.length).map(({ instructions, question }, phase) => {
            const of = phases.length === 1 ? "" : ` of phase ${phase + 1}`;
            return (
              <div key={`${language} ${phase}`}>
                <label>
                  <span className="fieldLabel">
                    Instructions{of}, in {language}
                  </span>
                  <textarea
                    className="input"
                    rows={4}
                    lang={language}
                    maxLength={maxInstructionsLength}
                    value={instructions}
                    onChange={({ target }) => change(language, phase, { instructions: target.value })}
                  />
                </label>
                <label>
                  <span className="fieldLabel">
                    Question{of}, in {language}
                  </span>
                  <input
                    className="input"
                    lang={language}
                    maxLength={maxQuestionLength}
                    value={question ?? ""}
                    placeholder="the usual wording"
                    onChange={({ target }) => change(language, phase, { question: target.value === "" ? null : target.value })}
                  />
                </label>
              </div>
            );
          }),
        )}
      </div>
    </details>
  );
}
