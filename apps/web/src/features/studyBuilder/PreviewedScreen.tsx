"use client";
/** One trial in the voter's own frame, question, stage and keys, in a box of the page instead of a window. Nothing is timed or sent. */
import { type CSSProperties, useId, useMemo, useRef } from "react";
import { AnswerKeys } from "../voting/AnswerKeys.tsx";
import type { BallotTrial } from "../voting/ballot.ts";
import type { VotingTexts } from "../voting/englishTexts.ts";
import type { CachedImage } from "../voting/imageCache.ts";
import { PlayerFrame } from "../voting/PlayerFrame.tsx";
import { Question } from "../voting/Question.tsx";
import playerStyles from "../voting/TrialPlayer.module.css";
import { TrialStage } from "../voting/TrialStage.tsx";
import { choosesImage } from "../voting/voteKeys.ts";

export type PreviewStep = "blank" | "image" | "mask" | "answer";

interface PreviewedScreenProps {
  readonly trial: BallotTrial;
  readonly total: number;
  readonly texts: VotingTexts;
  readonly step: PreviewStep;
  /** CSS pixels. */
  readonly height: number;
  readonly onAnswer: () => void;
  readonly onUndo: () => void;
}

const nothing = (): void => undefined;

export function PreviewedScreen({ trial, total, texts, step, height, onAnswer, onUndo }: PreviewedScreenProps) {
  const root = useRef<HTMLDivElement>(null);
  const [questionId, stageId] = [useId(), useId()];
  const images = useMemo(
    () => new Map<string, CachedImage>([...trial.images, ...trial.exemplars].map(({ url }) => [url, { state: "loaded", source: url }])),
    [trial],
  );
  const several = choosesImage(trial.question.kind);
  const answers = step === "answer";
  // Without a limit of time, the image stays until the answer.
  const phase = answers && trial.timing.imageMs === 0 ? "image" : step;
  const question = <Question id={questionId} trial={trial} texts={texts} level={3} />;
  return (
    <PlayerFrame
      element={root}
      texts={texts}
      number={trial.number}
      total={total}
      heading={undefined}
      leaveText={texts.leave}
      undoable={trial.number === 0 ? null : trial.number - 1}
      cantTell={several && trial.question.cantTell}
      note={null}
      hasKeys={trial.question.kind !== "FREE_TEXT"}
      preview={{ phase, style: { height } as CSSProperties }}
      onUndo={onUndo}
      onLeave={nothing}
      onSkip={onAnswer}
      onCantTell={onAnswer}
    >
      <div
        role="group"
        aria-labelledby={`${questionId} ${stageId}`}
        className={`${playerStyles.trial} ${several ? playerStyles.manyImages : playerStyles.oneImage}`}
      >
        {several ? question : null}
        <TrialStage
          id={stageId}
          trial={trial}
          texts={texts}
          images={images}
          maskSeed={0}
          hasMask={trial.timing.maskMs > 0}
          chosen={null}
          onReady={nothing}
          onRetry={nothing}
          {...(several ? { onChoose: answers ? onAnswer : nothing } : {})}
        />
        {several ? null : question}
      </div>
      {several ? null : (
        <AnswerKeys trial={trial} texts={texts} chosen={null} isPreview isEnabled={answers} onAnswer={answers ? onAnswer : nothing} />
      )}
    </PlayerFrame>
  );
}
