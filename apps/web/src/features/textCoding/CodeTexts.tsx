"use client";
/**
 * One text at a time, with the keys that code it: digits for suggested labels, N for none of the labels, X for a text that can't be coded, and U
 * to take the last code back. The next text shows at once, while the code is sent.
 */
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { ClassField, type RoomClass } from "../norming/ClassField.tsx";
import { codeName, type GivenCode, type LoadedCoding, type LoadedLabel, type LoadedText, labelName, namedLabels } from "./codeWords.ts";
import styles from "./TextCoding.module.css";
import type { CodingActions } from "./useCodingActions.ts";

interface CodeTextsProps {
  readonly coding: LoadedCoding;
  readonly labels: readonly LoadedLabel[];
  readonly actions: CodingActions;
}

export function CodeTexts({ coding, labels, actions }: CodeTextsProps) {
  /** Coded on this page and not yet in the loaded data, and the order in which texts were coded. */
  const [sent, setSent] = useState<readonly string[]>([]);
  const [undone, setUndone] = useState<string | null>(null);
  const waiting = coding.uncoded.filter(({ text }) => !sent.includes(text));
  const current = waiting.find(({ text }) => text === undone) ?? waiting[0];
  const last = sent.at(-1) ?? null;

  const code = async (text: string, given: GivenCode): Promise<void> => {
    setSent([...sent, text]);
    setUndone(null);
    if (!(await actions.code(text, given))) setSent((texts) => texts.filter((each) => each !== text));
  };
  const undo = (text: string): void => {
    setSent((texts) => texts.filter((each) => each !== text));
    setUndone(text);
    void actions.undo(text);
  };
  useShortcut("u", () => (last === null ? undefined : undo(last)));
  return (
    <section aria-labelledby="text" className={styles.card}>
      {current === undefined ? (
        <>
          <h2 id="text">{coding.uncoded.length > 0 ? "Next text" : "All texts coded"}</h2>
          <p className="second" role="status">
            {coding.mayReveal
              ? "Another coder has coded all texts, too. Compare the codes when you are sure of yours."
              : "Codes are compared once another coder has coded all texts. Until then, you can take yours back."}
          </p>
        </>
      ) : (
        <TextToCode key={current.text} text={current} labels={labels} onCode={(given) => void code(current.text, given)} />
      )}
      <div className={styles.cardFoot}>
        <Button needs="undoTextCode" shortcut="U" disabled={last === null} onClick={() => (last === null ? undefined : undo(last))}>
          {last === null ? "Take back the last code" : `Take back “${last}”`}
        </Button>
        {actions.problem === null ? null : (
          <p role="alert" className="fieldError">
            {actions.problem}
          </p>
        )}
      </div>
      <OwnCodes coding={coding} onUndo={undo} />
    </section>
  );
}

interface TextToCodeProps {
  readonly text: LoadedText;
  readonly labels: readonly LoadedLabel[];
  readonly onCode: (code: GivenCode) => void;
}

function TextToCode({ text: { text, votes, suggestions }, labels, onCode }: TextToCodeProps) {
  useShortcut("1,2,3,4,5", (_event, { keys }) => {
    const suggested = suggestions[Number(keys?.[0]) - 1];
    if (suggested) onCode({ kind: "LABEL", label: suggested.label });
  });
  useShortcut("n", () => onCode({ kind: "NONE" }));
  useShortcut("x", () => onCode({ kind: "UNCODABLE" }));
  return (
    <>
      <h2 id="text" className={styles.text} aria-live="polite">
        {text}
      </h2>
      <p className="t12 muted">
        <span className="n12">{votes}</span> {votes === 1 ? "answer" : "answers"}. Which label does it name?
      </p>
      <ul className={styles.choices} aria-label="Codes">
        {suggestions.map((label, index) => (
          <li key={label.label}>
            <Button needs="codeText" shortcut={String(index + 1)} onClick={() => onCode({ kind: "LABEL", label: label.label })}>
              {labelName(label)}
            </Button>
          </li>
        ))}
        <li>
          <Button needs="codeText" shortcut="N" onClick={() => onCode({ kind: "NONE" })}>
            None of the labels
          </Button>
        </li>
        <li>
          <Button needs="codeText" shortcut="X" onClick={() => onCode({ kind: "UNCODABLE" })}>
            Can’t be coded
          </Button>
        </li>
      </ul>
      <OtherLabel labels={labels} onChoose={(label) => onCode({ kind: "LABEL", label })} />
    </>
  );
}

function OtherLabel({ labels, onChoose }: { readonly labels: readonly LoadedLabel[]; readonly onChoose: (label: number) => void }) {
  const [chosen, setChosen] = useState<RoomClass | null>(null);
  return (
    <form
      className={styles.otherLabel}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onChoose(chosen.label);
      }}
    >
      <ClassField name="Another label" classes={namedLabels(labels)} onChange={setChosen} />
      <Button type="submit" disabled={chosen === null}>
        Code
      </Button>
    </form>
  );
}

interface OwnCodesProps {
  readonly coding: LoadedCoding;
  readonly onUndo: (text: string) => void;
}

function OwnCodes({ coding: { own, ownCount }, onUndo }: OwnCodesProps) {
  if (own.length === 0) return null;
  return (
    <details className={styles.own}>
      <summary>
        Your codes <span className="n12">{ownCount}</span>
      </summary>
      <ul>
        {own.map(({ text, ownCode }) => (
          <li key={text}>
            <span className={styles.ownText}>{text}</span>
            <span className="second">{ownCode == null ? "" : codeName(ownCode)}</span>
            <Button look="quiet" aria-label={`Take back the code of ${text}`} onClick={() => onUndo(text)}>
              Take back
            </Button>
          </li>
        ))}
      </ul>
      {ownCount > own.length ? <p className="t12 muted">The first {own.length} are listed.</p> : null}
    </details>
  );
}
