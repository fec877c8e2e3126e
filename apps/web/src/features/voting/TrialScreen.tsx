"use client";
/** The trials of the session: passes answers and undos to the controller. Each later phase begins with its question and a practice of it. */
import { useState } from "react";
import { findStorage } from "../session/findStorage.ts";
import type { VotingTexts } from "./englishTexts.ts";
import type { CachedImage } from "./imageCache.ts";
import type { RefreshRate } from "./measureRefreshRate.ts";
import { PhaseScreen } from "./PhaseScreen.tsx";
import { PracticeScreen } from "./PracticeScreen.tsx";
import { instructionsOf, isFirstOfPhase } from "./phaseInstructions.ts";
import { countPresentation } from "./presentationCounts.ts";
import { seedOf } from "./staticMask.ts";
import { TrialPlayer } from "./TrialPlayer.tsx";
import { VoterPage } from "./VoterPage.tsx";
import type { VotingController } from "./votingController.ts";
import { currentTrial, undoable, type VotingState } from "./votingSession.ts";

interface TrialScreenProps {
  readonly controller: VotingController;
  readonly state: VotingState;
  readonly texts: VotingTexts;
  /** Null while it is measured. */
  readonly refresh: RefreshRate | null;
  readonly images: ReadonlyMap<string, CachedImage>;
  readonly onRetryImages: () => void;
}

function noteOf({ waiting, pending, dropped }: VotingState, texts: VotingTexts): string | null {
  if (waiting && pending > 0) return texts.savedHere;
  if (dropped === null) return null;
  return dropped === "elsewhere" ? texts.answeredElsewhere : texts.answerRefused;
}

export function TrialScreen({ controller, state, texts, refresh, images, onRetryImages }: TrialScreenProps) {
  const [introduced, setIntroduced] = useState<ReadonlySet<number>>(new Set());
  const [practisedPhase, setPractisedPhase] = useState<number | null>(null);
  const [answeredAt, setAnsweredAt] = useState<number | null>(null);
  const { presentation, voter, ballot } = state;
  const trial = currentTrial(state);
  if (trial === null || refresh === null) return <VoterPage title={texts.loading} />;
  if (isFirstOfPhase(state, trial) && !introduced.has(trial.phase)) {
    const begin = () => setIntroduced(new Set([...introduced, trial.phase]));
    if (practisedPhase === trial.phase) return <PracticeScreen model={trial} texts={texts} refresh={refresh} onStart={begin} />;
    return (
      <PhaseScreen
        trial={trial}
        phases={ballot?.timing.length ?? 1}
        instructions={instructionsOf(ballot, voter?.language ?? "", trial.phase)}
        texts={texts}
        language={voter?.language ?? ""}
        onPractise={() => setPractisedPhase(trial.phase)}
        onStart={begin}
      />
    );
  }
  const total = voter?.total ?? 0;
  const voterName = `${ballot?.studyKey ?? ""} ${voter?.pseudonym ?? ""}`;
  return (
    <>
      <p className="visuallyHidden" role="status">
        {texts.progress(trial.number + 1, total)}
      </p>
      <TrialPlayer
        key={presentation}
        trial={trial}
        total={total}
        texts={texts}
        refresh={refresh}
        images={images}
        maskSeed={seedOf(voterName)}
        undoable={undoable(state)}
        note={noteOf(state, texts)}
        answeredAt={answeredAt}
        countPresentation={(more) => countPresentation(findStorage(), `${ballot?.workspaceName ?? ""} ${voterName}`, trial.number, more)}
        onAnswer={({ answeredAt: at, ...answered }) => {
          setAnsweredAt(at);
          controller.vote(presentation, answered);
        }}
        onUndo={controller.undo}
        onLeave={controller.leave}
        onRetryImages={onRetryImages}
      />
    </>
  );
}
