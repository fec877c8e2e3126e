"use client";
/** The trials of the session: loads images ahead, and passes answers and undos to the controller. */
import { useEffect, useMemo } from "react";
import { findStorage } from "./browserSurroundings.ts";
import { imagesAhead } from "./imagesAhead.ts";
import type { RefreshRate } from "./measureRefreshRate.ts";
import { countPresentation } from "./presentationCounts.ts";
import { seedOf } from "./staticMask.ts";
import { TrialPlayer } from "./TrialPlayer.tsx";
import { useImageCache } from "./useImageCache.ts";
import { VoterPage } from "./VoterPage.tsx";
import type { VotingController } from "./votingController.ts";
import { currentTrial, undoable, type VotingState } from "./votingSession.ts";
import type { VotingTexts } from "./votingTexts.ts";

interface TrialScreenProps {
  readonly controller: VotingController;
  readonly state: VotingState;
  readonly texts: VotingTexts;
  /** Null while it is measured. */
  readonly refresh: RefreshRate | null;
}

function noteOf({ waiting, pending, dropped }: VotingState, texts: VotingTexts): string | null {
  if (waiting && pending > 0) return texts.savedHere;
  if (dropped === null) return null;
  return dropped === "elsewhere" ? texts.answeredElsewhere : texts.answerRefused;
}

export function TrialScreen({ controller, state, texts, refresh }: TrialScreenProps) {
  const { cache, images } = useImageCache();
  const { trials, current, presentation, voter, ballot } = state;
  const wanted = useMemo(() => imagesAhead(trials, current), [trials, current]);
  useEffect(() => cache.want(wanted), [cache, wanted]);
  const trial = currentTrial(state);
  if (trial === null || refresh === null) return <VoterPage title={texts.loading} />;
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
        countPresentation={(more) => countPresentation(findStorage(), `${ballot?.workspaceName ?? ""} ${voterName}`, trial.number, more)}
        onAnswer={(answered) => controller.vote(presentation, answered)}
        onUndo={controller.undo}
        onLeave={controller.leave}
        onRetryImages={cache.retry}
      />
    </>
  );
}
