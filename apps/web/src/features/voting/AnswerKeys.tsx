"use client";
/** The keys below the image: labels, yes and no, a written answer or ratings, and "can't tell" where it is offered. */
import type { CSSProperties, ReactNode } from "react";
import styles from "./AnswerKeys.module.css";
import { type AnswerProps, type KeysProps, pressOf } from "./answerProps.ts";
import type { BallotTrial, QuestionKind } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import { areLong, keyColumns } from "./imageLayout.ts";
import { RatingsAnswer } from "./RatingsAnswer.tsx";
import { TextAnswer } from "./TextAnswer.tsx";
import { areDigits, keysOf } from "./voteKeys.ts";

function ChoiceKeys({ trial, texts, chosen, cantTell, onAnswer }: KeysProps) {
  const isYesNo = trial.question.kind === "YES_NO";
  const names = isYesNo ? [texts.yes, texts.no] : trial.options;
  const keys = keysOf(names.length, trial.options);
  const columns = keyColumns(names);
  const digits = areDigits(names);
  return (
    <>
      <div
        className={`${styles.grid} ${digits ? styles.digits : areLong(names) ? styles.long : ""}`}
        style={{ "--desk": columns.desk, "--phone": isYesNo ? 2 : columns.phone } as CSSProperties}
      >
        {names.map((name, position) => (
          <button
            key={name}
            type="button"
            className={styles.key}
            data-chosen={chosen === position}
            aria-keyshortcuts={digits ? name : (keys[position] ?? undefined)}
            onClick={(event) => onAnswer({ choice: position }, pressOf(event))}
          >
            <span dir="auto">{name}</span>
            {digits || keys[position] == null ? null : <kbd aria-hidden="true">{keys[position]}</kbd>}
          </button>
        ))}
      </div>
      {cantTell}
    </>
  );
}

const kinds: Readonly<Record<QuestionKind, ((props: KeysProps) => ReactNode) | null>> = {
  ONE_LABEL_OF: ChoiceKeys,
  YES_NO: ChoiceKeys,
  FREE_TEXT: TextAnswer,
  RATINGS: RatingsAnswer,
  // The images are the keys.
  ONE_IMAGE_OF: null,
  PAIR: null,
};

function cantTellText({ question, options }: BallotTrial, texts: VotingTexts): string {
  if (question.kind === "ONE_LABEL_OF") return areDigits(options) ? texts.noDigit : texts.nothing;
  return question.kind === "FREE_TEXT" ? texts.nothing : texts.cantTell;
}

/** @param isEnabled on the voter's page the exposure enables the keys, in the frame from which the voter may answer. */
export function AnswerKeys({ isEnabled = false, ...props }: AnswerProps & { readonly isEnabled?: boolean }) {
  const { trial, texts, onAnswer } = props;
  const Keys = kinds[trial.question.kind];
  const cantTell = trial.question.cantTell ? (
    <button
      type="button"
      className={`${styles.key} ${styles.wide}`}
      aria-keyshortcuts={trial.question.kind === "FREE_TEXT" ? undefined : "Space"}
      onClick={(event) => onAnswer({ cantTell: true }, pressOf(event))}
    >
      {cantTellText(trial, texts)}
      {trial.question.kind === "FREE_TEXT" ? null : <kbd aria-hidden="true">{texts.space}</kbd>}
    </button>
  ) : null;
  return (
    <div
      data-keys
      role="group"
      aria-disabled={!isEnabled}
      aria-label={texts.answers}
      className={trial.options.length > 10 ? `${styles.keys} ${styles.many}` : styles.keys}
    >
      {Keys === null ? cantTell : <Keys {...props} cantTell={cantTell} />}
    </div>
  );
}
