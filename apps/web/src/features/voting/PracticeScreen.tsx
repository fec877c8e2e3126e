"use client";
/** Three practice trials, with undo and skip as in the study. Their answers are neither stored nor sent. */
import { useEffect, useMemo, useState } from "react";
import type { BallotTrial } from "./ballot.ts";
import type { RefreshRate } from "./measureRefreshRate.ts";
import { practiceTrials } from "./practiceTrials.ts";
import { TrialPlayer } from "./TrialPlayer.tsx";
import { useImageCache } from "./useImageCache.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import type { VotingTexts } from "./votingTexts.ts";

interface PracticeScreenProps {
  /** A trial of the study, for its question and timing. */
  readonly model: BallotTrial;
  readonly texts: VotingTexts;
  readonly refresh: RefreshRate;
  readonly onStart: () => void;
}

export function PracticeScreen({ model, texts, refresh, onStart }: PracticeScreenProps) {
  const trials = useMemo(() => practiceTrials(model, texts), [model, texts]);
  const [at, setAt] = useState({ trial: 0, presentation: 0 });
  const { cache, images } = useImageCache();
  useEffect(() => cache.want(trials.flatMap((trial) => trial.images.map(({ url }) => url))), [cache, trials]);
  const move = (step: 1 | -1) => setAt(({ trial, presentation }) => ({ trial: trial + step, presentation: presentation + 1 }));
  const trial = trials[at.trial];
  if (trial === undefined)
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
  return (
    <TrialPlayer
      key={at.presentation}
      trial={trial}
      total={trials.length}
      texts={texts}
      refresh={refresh}
      images={images}
      maskSeed={0}
      undoable={at.trial === 0 ? null : at.trial - 1}
      heading={texts.practice(at.trial + 1, trials.length)}
      leaveText={texts.skipPractice}
      note={null}
      countPresentation={(more) => more}
      onAnswer={() => move(1)}
      onUndo={() => {
        if (at.trial > 0) move(-1);
      }}
      onLeave={onStart}
      onRetryImages={cache.retry}
    />
  );
}
