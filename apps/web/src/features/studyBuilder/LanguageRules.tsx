"use client";
/** The languages in which the study is offered, and the names of its labels in each that the network's own names do not cover. */
import type { ConsentTexts } from "@pareidolia/perception/study/consent";
import { consentTextsOf } from "@pareidolia/perception/study/defaultConsent";
import { maxNameLength } from "@pareidolia/perception/study/ownNames";
import { labelsOf } from "@pareidolia/perception/study/planStudy";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { useState } from "react";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { toDraftImage } from "./draftPlan.ts";
import { readLanguages } from "./languages.ts";
import styles from "./PlanRules.module.css";
import { RuleRow } from "./RuleRow.tsx";
import { phaseTextsOf } from "./templateRules.ts";

interface LanguageRulesProps {
  readonly draft: StudyDraft;
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  readonly differs: boolean;
  onChange(change: Partial<StudyDraft>): void;
}

/** Languages with their consent texts: new ones get our own texts, or empty ones. */
function withLanguages(draft: StudyDraft, languages: readonly string[]): Partial<StudyDraft> {
  const { consent, labelNames, template } = draft;
  const empty: ConsentTexts = { introduction: "", kept: "", shared: "", withdrawal: "" };
  const textsIn = (language: string): ConsentTexts => consent.texts[language] ?? consentTextsOf(draft, language) ?? empty;
  const texts = Object.fromEntries(languages.map((language) => [language, textsIn(language)]));
  const added = Object.entries(phaseTextsOf(template, languages)).filter(([, own]) => own.length === draft.phases.length);
  const phaseTexts = Object.entries(draft.phaseTexts).filter(([language]) => languages.includes(language));
  const names = Object.fromEntries(Object.entries(labelNames).filter(([language]) => languages.includes(language)));
  return {
    languages,
    labelNames: names,
    consent: { ...consent, texts },
    phaseTexts: Object.fromEntries([...added, ...phaseTexts]),
  };
}

export function LanguageRules({ draft, images, classNames, differs, onChange }: LanguageRulesProps) {
  const joined = draft.languages.join(", ");
  const [text, setText] = useState(joined);
  const [naming, setNaming] = useState<string | null>(null);
  const [lastJoined, setLastJoined] = useState(joined);
  // A list from elsewhere, such as Undo, replaces the text.
  if (joined !== lastJoined) {
    setLastJoined(joined);
    if (readLanguages(text)?.join(", ") !== joined) setText(joined);
  }
  const isMalformed = readLanguages(text) === null;
  return (
    <RuleRow name="Labels in" rule="languages" original="en" differs={differs}>
      <input
        className="input"
        aria-label="Languages, as tags such as en, de or pt-BR"
        value={text}
        aria-invalid={isMalformed || undefined}
        onChange={({ target }) => {
          setText(target.value);
          const languages = readLanguages(target.value);
          if (languages !== null) onChange(withLanguages(draft, languages));
        }}
      />
      {isMalformed ? <span className="fieldError">Tags such as en, de or pt-BR, each once</span> : null}
      {draft.languages.map((language) => (
        <button
          key={language}
          type="button"
          className={toolButtonStyles.toolButton}
          aria-haspopup="dialog"
          onClick={() => setNaming(language)}
        >
          Names in {language}
        </button>
      ))}
      <Dialog title={`Names of the labels in ${naming ?? ""}`} open={naming !== null} onClose={() => setNaming(null)}>
        {naming === null ? null : (
          <LabelNames
            language={naming}
            draft={draft}
            labels={labelsOf(draft, { images: images.map(toDraftImage), classNames })}
            classNames={classNames}
            onChange={onChange}
            onClose={() => setNaming(null)}
          />
        )}
      </Dialog>
    </RuleRow>
  );
}

interface LabelNamesProps {
  readonly language: string;
  readonly draft: StudyDraft;
  readonly labels: readonly number[];
  readonly classNames: readonly string[];
  onChange(change: Partial<StudyDraft>): void;
  onClose(): void;
}

function LabelNames({ language, draft, labels, classNames, onChange, onClose }: LabelNamesProps) {
  const [names, setNames] = useState<Readonly<Record<string, string>>>(draft.labelNames[language] ?? {});
  return (
    <>
      <p className="second">An empty name is the network’s own, if that is in this language.</p>
      {labels.length === 0 ? <p className="second">The study has no images yet.</p> : null}
      <div className={styles.names}>
        {labels.map((label) => (
          <label key={label}>
            <span className="fieldLabel">{classNames[label] ?? `class ${label}`}</span>
            <input
              className="input"
              maxLength={maxNameLength}
              value={names[label] ?? ""}
              onChange={({ target }) => setNames({ ...names, [label]: target.value })}
            />
          </label>
        ))}
      </div>
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          onClick={() => {
            const given = Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim() !== ""));
            const { [language]: _replaced, ...others } = draft.labelNames;
            onChange({ labelNames: Object.keys(given).length === 0 ? others : { ...others, [language]: given } });
            onClose();
          }}
        >
          Use these names
        </Button>
      </div>
    </>
  );
}
