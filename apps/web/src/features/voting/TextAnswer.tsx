"use client";
/** A written answer of a few words. Enter sends it. */
import { useId, useState } from "react";
import styles from "./AnswerKeys.module.css";
import type { KeysProps } from "./answerProps.ts";

export function TextAnswer({ trial, texts, cantTell, isPreview = false, onAnswer }: KeysProps) {
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const problemId = useId();
  return (
    <>
      <form
        className={styles.text}
        onSubmit={(event) => {
          event.preventDefault();
          const written = text.trim();
          setMissing(written === "");
          if (written !== "") onAnswer({ text: written }, { at: event.timeStamp, clicks: 0, repeats: false });
        }}
      >
        <input
          className="input"
          type="text"
          dir="auto"
          aria-label={texts.yourAnswer}
          aria-invalid={missing}
          aria-describedby={problemId}
          autoComplete="off"
          autoCapitalize="off"
          enterKeyHint="done"
          autoFocus={!isPreview}
          maxLength={trial.question.maximumLength ?? 500}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className={styles.key}>
          {texts.next} <kbd aria-hidden="true">⏎</kbd>
        </button>
        <span id={problemId} className={styles.problem} role="status">
          {missing ? texts.writeFirst : null}
        </span>
      </form>
      {cantTell}
    </>
  );
}
