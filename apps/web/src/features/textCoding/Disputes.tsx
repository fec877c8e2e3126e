"use client";
/** Texts on which coders differ, each with its codes and a form that settles it. The blind codes are kept. */
import { useId, useState } from "react";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import { ClassField, type RoomClass } from "../norming/ClassField.tsx";
import { CodesOfText } from "./CodesOfText.tsx";
import { codeName, type GivenCode, givenCode, type LoadedCoding, type LoadedDispute, type LoadedLabel, namedLabels } from "./codeWords.ts";
import styles from "./TextCoding.module.css";
import type { CodingActions } from "./useCodingActions.ts";

const maxReason = 2_000;
const otherKey = "other";

interface DisputesProps {
  readonly coding: LoadedCoding;
  readonly labels: readonly LoadedLabel[];
  readonly actions: CodingActions;
}

export function Disputes({ coding: { disputed, disputeCount }, labels, actions }: DisputesProps) {
  if (disputeCount === 0) return null;
  return (
    <section aria-labelledby="disputes" className={styles.section}>
      <h2 id="disputes">
        Disputed texts <span className="n12 muted">{disputeCount}</span>
      </h2>
      <ul className={styles.disputes}>
        {disputed.map((text) => (
          <li key={text.text}>
            <Dispute text={text} labels={labels} actions={actions} />
          </li>
        ))}
      </ul>
      {disputeCount > disputed.length ? <p className="t12 muted">The first {disputed.length} are listed.</p> : null}
    </section>
  );
}

interface Choice {
  readonly key: string;
  readonly name: string;
  readonly code: GivenCode;
}

/** The codes that were given, then those that can be given to any text. */
function choicesOf({ codes }: LoadedDispute): readonly Choice[] {
  const always = [{ kind: "NONE" }, { kind: "UNCODABLE" }] as const;
  const choices = [...codes.map(({ code }) => code), ...always.map((code) => ({ ...code, label: null }))].map((code) => ({
    key: `${code.kind} ${code.label?.label ?? ""}`,
    name: codeName(code),
    code: givenCode(code),
  }));
  return [...new Map(choices.map((choice) => [choice.key, choice])).values()];
}

const emptyReason = { reason: "" };

interface DisputeProps extends Pick<DisputesProps, "labels" | "actions"> {
  readonly text: LoadedDispute;
}

function Dispute({ text, labels, actions }: DisputeProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [other, setOther] = useState<RoomClass | null>(null);
  const unsent = useUnsent(`settled ${actions.studyId} ${text.text}`, emptyReason);
  const { reason } = unsent.values;
  const name = useId();
  const choices = choicesOf(text);
  const ofOther = other === null ? undefined : ({ kind: "LABEL", label: other.label } as const);
  const code = chosen === otherKey ? ofOther : choices.find(({ key }) => key === chosen)?.code;
  const isReady = code !== undefined && reason.trim() !== "";
  return (
    <form
      className={styles.dispute}
      onSubmit={(event) => {
        event.preventDefault();
        if (code && isReady) void actions.settle(text.text, code, reason).then((done) => (done ? unsent.sent() : undefined));
      }}
    >
      <div>
        <h3 className={styles.disputed}>{text.text}</h3>
        <CodesOfText text={text} />
      </div>
      <fieldset>
        <legend className="fieldLabel">The code that counts</legend>
        {choices.map((choice) => (
          <label key={choice.key} className={styles.choice}>
            <input type="radio" name={name} checked={choice.key === chosen} onChange={() => setChosen(choice.key)} />
            {choice.name}
          </label>
        ))}
        <div className={styles.otherChoice}>
          <input type="radio" name={name} aria-label="another label" checked={chosen === otherKey} onChange={() => setChosen(otherKey)} />
          <ClassField
            name="Another label"
            classes={namedLabels(labels)}
            onChange={(given) => {
              setOther(given);
              setChosen(otherKey);
            }}
          />
        </div>
      </fieldset>
      <div>
        <label>
          <span className="fieldLabel">Reason</span>
          <textarea
            className="input"
            rows={3}
            maxLength={maxReason}
            value={reason}
            onChange={(event) => unsent.change({ reason: event.target.value })}
          />
        </label>
        <RestoredNote {...unsent} />
        <div className={styles.settle}>
          <Button needs="settleText" type="submit" disabled={!isReady || actions.isBusy}>
            Settle
          </Button>
          <span className="t12 muted">Decisions are not changed; the blind codes are kept.</span>
        </div>
      </div>
    </form>
  );
}
