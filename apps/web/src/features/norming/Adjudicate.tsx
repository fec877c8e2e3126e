"use client";
/** The decision on an image: by a person who did not vote on it in the room, with a reason. No vote is changed. */
import { useState } from "react";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import classFieldStyles from "./ClassField.module.css";
import { ClassField, type RoomClass, useOtherClasses } from "./ClassField.tsx";
import { type DecisionChoice, decisionChoices } from "./decisionChoices.ts";
import styles from "./Norming.module.css";
import type { LoadedImage } from "./roomImage.ts";
import { slopeRows } from "./slopes.ts";
import type { RoomActions } from "./useRoomActions.ts";

const maxReason = 2_000;

interface AdjudicateProps {
  readonly roomId: string;
  readonly image: LoadedImage;
  readonly actions: RoomActions;
}

export function Adjudicate({ roomId, image, actions }: AdjudicateProps) {
  if (image.decision != null) return <Decision decision={image.decision} />;
  if (image.mayDecide) return <DecisionForm key={image.place} roomId={roomId} image={image} actions={actions} />;
  return (
    <section aria-labelledby="adjudicate">
      <h2 id="adjudicate">Adjudicate</h2>
      <p className={`muted ${styles.adjudicateNote}`}>
        {image.state === "BLIND"
          ? "Open once the votes are revealed."
          : "You voted on this image in this room, so a person who did not vote on it decides."}
      </p>
    </section>
  );
}

function Decision({ decision }: { readonly decision: NonNullable<LoadedImage["decision"]> }) {
  const outcomes = { CLASS: decision.choice?.name ?? "", NOTHING: "nothing people recognise", DISPUTED: "left disputed" } as const;
  return (
    <section aria-labelledby="adjudicate">
      <h2 id="adjudicate">Decision</h2>
      <p className={styles.outcome}>{outcomes[decision.outcome]}</p>
      <blockquote className={styles.reason}>{decision.reason}</blockquote>
      <p className="t12 muted">
        {decision.decidedBy?.name ?? "A deleted account"}, who did not vote on it, <RelativeTime time={decision.decidedAt} />. No vote was
        changed.
      </p>
    </section>
  );
}

const otherKey = "other";

const emptyDecision = { reason: "" };

function DecisionForm({ roomId, image, actions }: AdjudicateProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [otherClass, setOtherClass] = useState<RoomClass | null>(null);
  const unsent = useUnsent(`decision ${actions.subject}`, emptyDecision);
  const { reason } = unsent.values;
  const choices = decisionChoices(slopeRows(image.votes));
  const others = useOtherClasses(
    roomId,
    choices.flatMap(({ decision }) => decision.label ?? []),
  );
  const total = image.secondVotes > 0 ? image.secondVotes : image.firstVotes;
  const ofOther = otherClass === null ? undefined : ({ outcome: "CLASS", label: otherClass.label } as const);
  const decision = chosen === otherKey ? ofOther : choices.find(({ key }) => key === chosen)?.decision;
  const isReady = decision !== undefined && reason.trim() !== "";
  return (
    <form
      className={styles.decisionForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (decision && isReady) void actions.decide({ ...decision, reason }).then((done) => (done ? unsent.sent() : undefined));
      }}
    >
      <fieldset>
        <legend>
          <h2>Adjudicate</h2>
        </legend>
        {choices.map((each) => (
          <ChoiceRow key={each.key} choice={each} total={total} isChosen={each.key === chosen} onChoose={() => setChosen(each.key)} />
        ))}
        {others.length === 0 ? null : (
          <div className={classFieldStyles.otherChoice}>
            <input
              type="radio"
              name="decision"
              value={otherKey}
              aria-label="another class"
              checked={chosen === otherKey}
              onChange={() => setChosen(otherKey)}
            />
            <ClassField
              classes={others}
              onChange={(given) => {
                setOtherClass(given);
                setChosen(otherKey);
              }}
            />
          </div>
        )}
      </fieldset>
      <div>
        <label>
          <h2>Reason</h2>
          <textarea
            className="input"
            rows={3}
            maxLength={maxReason}
            required
            value={reason}
            onChange={(event) => unsent.change({ reason: event.target.value })}
          />
        </label>
        <RestoredNote {...unsent} />
        <div className={styles.decisionActions}>
          <Button look="primary" type="submit" needs="decideRoomImage" disabled={!isReady || actions.isBusy}>
            Record the decision
          </Button>
          <span className="t12 muted">by an adjudicator who didn’t vote</span>
        </div>
        <p className={`t12 muted ${styles.decisionNote}`}>No vote is changed. The decision, its reason and both rounds are kept.</p>
      </div>
    </form>
  );
}

interface ChoiceRowProps {
  readonly choice: DecisionChoice;
  readonly total: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function ChoiceRow({ choice: { key, name, votes }, total, isChosen, onChoose }: ChoiceRowProps) {
  return (
    <label className={styles.choice}>
      <input type="radio" name="decision" value={key} checked={isChosen} onChange={onChoose} />
      <span>{name}</span>
      {votes === null ? null : (
        <span className="n12 people">
          {votes} / {total}
        </span>
      )}
    </label>
  );
}
