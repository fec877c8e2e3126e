"use client";
/**
 * One trial: the image, the question, the keys and nothing else. It measures what was on the screen and the response time. Mount a new one
 * for each presentation.
 */
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { AnswerKeys } from "./AnswerKeys.tsx";
import { type AnswerPress, countsAsAnswer, countsAsSkip } from "./answerGuard.ts";
import { pressOf } from "./answerProps.ts";
import type { BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import { answerableSince, onsetOf, timingOf } from "./exposureRecord.ts";
import { planFrames } from "./framePlan.ts";
import type { CachedImage } from "./imageCache.ts";
import type { RefreshRate } from "./measureRefreshRate.ts";
import { PlayerFrame } from "./PlayerFrame.tsx";
import { Question } from "./Question.tsx";
import styles from "./TrialPlayer.module.css";
import { hasFailed, TrialStage } from "./TrialStage.tsx";
import { useExposure } from "./useExposure.ts";
import { actionOf, choosesImage } from "./voteKeys.ts";
import type { CastVote, VoteAnswer } from "./votingClient.ts";

interface AnsweredTrial extends Pick<CastVote, "answer" | "responseMs" | "timing"> {
  /** On the clock of presses. */
  readonly answeredAt: number;
}

interface TrialPlayerProps {
  readonly trial: BallotTrial;
  /** Trials in the session. */
  readonly total: number;
  readonly texts: VotingTexts;
  readonly refresh: RefreshRate;
  readonly images: ReadonlyMap<string, CachedImage>;
  /** Seed of the mask. */
  readonly maskSeed: number;
  /** The trial that undo shows again; null if there is none. */
  readonly undoable: number | null;
  /** In place of the number, for practice. */
  readonly heading?: string | undefined;
  /** Default: leave. */
  readonly leaveText?: string;
  readonly note: string | null;
  /** When the voter answered the trial before, on the clock of presses; null for none. */
  readonly answeredAt: number | null;
  /** Returns the number of presentations of the trial; called with 1 once the image of this one appears. */
  readonly countPresentation: (more: 0 | 1) => number;
  readonly onAnswer: (answered: AnsweredTrial) => void;
  readonly onUndo: () => void;
  readonly onLeave: () => void;
  readonly onRetryImages: () => void;
}

/** Ratings are inputs, too, and letters do nothing there. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "text";
}

/** Whether the browser presses the focused button, or sets the focused rating, by the space bar. */
function takesSpace(target: EventTarget | null): boolean {
  return target instanceof HTMLButtonElement || target instanceof HTMLInputElement;
}

export function TrialPlayer(props: TrialPlayerProps) {
  const { trial, total, texts, refresh, images, undoable, note, countPresentation, onAnswer, onUndo, onLeave, onRetryImages } = props;
  const root = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const answered = useRef(false);
  const plan = useMemo(() => planFrames(trial.timing, refresh.frameMs), [trial.timing, refresh.frameMs]);
  const record = (answer: VoteAnswer, at: number) => {
    if (answered.current) return;
    answered.current = true;
    const onset = onsetOf(exposure.current);
    // A browser that forbids storage counts nothing.
    const presentations = Math.max(onset === null ? 0 : 1, countPresentation(0));
    const timing = { ...timingOf(exposure.current, at), presentations };
    onAnswer({ answer, responseMs: Math.max(0, at - (onset ?? at)), timing, answeredAt: at });
  };
  const exposure = useExposure({
    plan,
    ready,
    element: root,
    onImage: () => countPresentation(1),
    onTimeUp: (timestamp) => record({ timedOut: true }, timestamp),
  });

  const answerWindow = () => ({ since: answerableSince(exposure.current), answeredAt: props.answeredAt });
  const answer = (given: VoteAnswer, press: AnswerPress) => {
    if (!countsAsAnswer(press, answerWindow())) return;
    if ("choice" in given) setChosen(given.choice);
    record(given, press.at);
  };
  const skip = (press: AnswerPress) => {
    if (countsAsSkip(press, answerWindow(), hasFailed(trial, images))) record({ skipped: true }, press.at);
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (isTyping(event.target) && event.key !== "Escape") return;
      if (event.key === " " && takesSpace(event.target)) return;
      const action = actionOf(event.key, trial, texts);
      if (action === null) return;
      event.preventDefault();
      const press = { at: event.timeStamp, clicks: 0, repeats: event.repeat };
      if (action.kind === "choose") answer({ choice: action.position }, press);
      else if (action.kind === "cantTell") answer({ cantTell: true }, press);
      else if (action.kind === "skip") skip(press);
      else if (event.repeat) return;
      else if (action.kind === "undo") onUndo();
      else onLeave();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  // The keys of the trial before may have been scrolled, and one of them may have had the focus.
  useEffect(() => {
    // Some browsers return a promise, which is no clean-up.
    window.scrollTo(0, 0);
    const isInside = root.current?.contains(document.activeElement) ?? false;
    if (!isInside) root.current?.querySelector<HTMLElement>("[data-trial]")?.focus({ preventScroll: true });
  }, []);

  const [questionId, stageId, keysId] = [useId(), useId(), useId()];
  const hasKeys = trial.question.kind !== "FREE_TEXT";
  const several = choosesImage(trial.question.kind);
  return (
    <PlayerFrame
      element={root}
      texts={texts}
      number={trial.number}
      total={total}
      heading={props.heading}
      leaveText={props.leaveText ?? texts.leave}
      undoable={undoable}
      cantTell={several && trial.question.cantTell}
      note={note}
      hasKeys={hasKeys}
      onUndo={onUndo}
      onLeave={onLeave}
      onSkip={(event) => skip(pressOf(event))}
      onCantTell={(event) => answer({ cantTell: true }, pressOf(event))}
    >
      <div
        // A screen reader that follows the focus reads the question with the image, and with the first one the keys.
        data-trial
        tabIndex={-1}
        role="group"
        aria-labelledby={`${questionId} ${stageId}`}
        aria-describedby={undoable === null ? keysId : undefined}
        className={`${styles.trial} ${several ? styles.manyImages : styles.oneImage}`}
      >
        <p id={keysId} className="visuallyHidden">
          {hasKeys ? texts.keysHint(trial.question.cantTell) : null}
        </p>
        {several ? <Question id={questionId} trial={trial} texts={texts} /> : null}
        <TrialStage
          id={stageId}
          trial={trial}
          texts={texts}
          images={images}
          maskSeed={props.maskSeed}
          hasMask={plan.maskFrames > 0}
          chosen={chosen}
          onReady={setReady}
          onRetry={onRetryImages}
          {...(several ? { onChoose: (choice, event) => answer({ choice }, pressOf(event)) } : {})}
        />
        {several ? null : <Question id={questionId} trial={trial} texts={texts} />}
      </div>
      {several ? null : <AnswerKeys trial={trial} texts={texts} chosen={chosen} onAnswer={answer} />}
    </PlayerFrame>
  );
}
