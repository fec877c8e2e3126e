"use client";
/** Three practice trials, with undo and skip as in the study, and whether each answer was right. Answers are neither stored nor sent. */
import { useEffect, useMemo, useState } from "react";
import type { BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import type { RefreshRate } from "./measureRefreshRate.ts";
import { type PracticeTrial, practiceTrials } from "./practiceTrials.ts";
import { TrialPlayer } from "./TrialPlayer.tsx";
import { useImageCache } from "./useImageCache.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import type { VoteAnswer } from "./votingClient.ts";

interface PracticeScreenProps {
  /** The first trial of a phase, for its question and timing. */
  readonly model: BallotTrial;
  readonly texts: VotingTexts;
  readonly refresh: RefreshRate;
  readonly onStart: () => void;
}

export function PracticeScreen({ model, texts, refresh, onStart }: PracticeScreenProps) {
  const practice = useMemo(() => practiceTrials(model, texts), [model, texts]);
  const [at, setAt] = useState({ trial: 0, presentation: 0 });
  /** The answer whose feedback is on the screen; null during a trial. */
  const [given, setGiven] = useState<VoteAnswer | null>(null);
  const [answeredAt, setAnsweredAt] = useState<number | null>(null);
  const { cache, images } = useImageCache();
  useEffect(
    () => cache.want(practice.flatMap(({ trial }) => [...trial.images, ...trial.exemplars].map(({ url }) => url))),
    [cache, practice],
  );
  const move = (step: 1 | -1) => {
    setGiven(null);
    setAt(({ trial, presentation }) => ({ trial: trial + step, presentation: presentation + 1 }));
  };
  const current = practice[at.trial];
  if (current === undefined)
    return (
      <VoterPage
        above={texts.beforeYouStart}
        title={texts.practiceDone}
        actions={
          <button type="button" className={`${styles.big} ${styles.primary}`} onClick={onStart} autoFocus>
            {texts.startVoting}
          </button>
        }
      >
        <p className={styles.text}>{texts.practiceDoneText}</p>
      </VoterPage>
    );
  const heading = texts.practice(at.trial + 1, practice.length);
  if (given !== null) return <Feedback practice={current} given={given} heading={heading} texts={texts} onNext={() => move(1)} />;
  return (
    <TrialPlayer
      key={at.presentation}
      trial={current.trial}
      total={practice.length}
      texts={texts}
      refresh={refresh}
      images={images}
      maskSeed={0}
      undoable={at.trial === 0 ? null : at.trial - 1}
      heading={heading}
      leaveText={texts.skipPractice}
      note={null}
      answeredAt={answeredAt}
      countPresentation={(more) => more}
      onAnswer={({ answer, answeredAt: at }) => {
        setAnsweredAt(at);
        if ("skipped" in answer || "timedOut" in answer) move(1);
        else setGiven(answer);
      }}
      onUndo={() => {
        if (at.trial > 0) move(-1);
      }}
      onLeave={onStart}
      onRetryImages={cache.retry}
    />
  );
}

interface FeedbackProps {
  readonly practice: PracticeTrial;
  readonly given: VoteAnswer;
  readonly heading: string;
  readonly texts: VotingTexts;
  readonly onNext: () => void;
}

function Feedback({ practice: { trial, isRight, rightAnswer }, given, heading, texts, onNext }: FeedbackProps) {
  const right = isRight(given);
  return (
    <VoterPage
      above={heading}
      title={right ? texts.practiceRight : texts.practiceWrong(rightAnswer)}
      actions={
        <button type="button" className={`${styles.big} ${styles.primary}`} onClick={onNext} autoFocus>
          {texts.next}
        </button>
      }
    >
      {trial.images.length === 1 ? <img src={trial.images[0]?.url} alt={rightAnswer} width={160} height={160} /> : null}
      <p className={styles.text}>{texts.practiceFeedbackText}</p>
    </VoterPage>
  );
}
