"use client";
/** Chooses the page that a voter sees from the state of the visit. */
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { update } from "../../graphql/client/update.ts";
import { CompleteScreen } from "./CompleteScreen.tsx";
import { ConsentScreen } from "./ConsentScreen.tsx";
import { EndScreen } from "./EndScreen.tsx";
import { InstructionsScreen } from "./InstructionsScreen.tsx";
import { imagesAhead, imagesOnScreen } from "./imagesAhead.ts";
import { LeaveScreen } from "./LeaveScreen.tsx";
import { MessageScreen } from "./MessageScreen.tsx";
import type { RefreshRate } from "./measureRefreshRate.ts";
import { PracticeScreen } from "./PracticeScreen.tsx";
import { instructionsOf } from "./phaseInstructions.ts";
import { TrialScreen } from "./TrialScreen.tsx";
import { useImageCache } from "./useImageCache.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import type { VoterScreen } from "./votingClient.ts";
import type { VotingController } from "./votingController.ts";
import { currentTrial } from "./votingSession.ts";
import { languagesOfTexts, preferredLanguage, textLanguage, textsIn } from "./votingTexts.ts";
import { WithdrawScreen } from "./WithdrawScreen.tsx";

interface VotingScreensProps {
  readonly controller: VotingController;
  /** Null while it is measured. */
  readonly refresh: RefreshRate | null;
  /** Resolves once the refresh rate is measured. */
  readonly describeScreen: () => Promise<VoterScreen>;
  readonly isMember: boolean;
}

export function VotingScreens({ controller, refresh, describeScreen, isMember }: VotingScreensProps) {
  const state = useSyncExternalStore(controller.onChange, controller.state, controller.state);
  const [chosenLanguage, setChosenLanguage] = useState<string | null>(null);
  const [withdrawing, setWithdrawing] = useState<"own" | "code" | null>(null);
  const { ballot, voter, screen, problem, trials, current } = state;
  // From the instructions on, so that the first trials are here when the voter has read them.
  const { cache, images } = useImageCache();
  const wanted = useMemo(() => imagesAhead(trials, current), [trials, current]);
  const onScreen = imagesOnScreen(trials, current);
  useEffect(() => cache.want(wanted, onScreen), [cache, wanted, onScreen]);
  const language = voter?.language ?? chosenLanguage ?? preferredLanguage(ballot?.languages ?? languagesOfTexts, navigator.languages);
  const texts = textsIn(language);
  const lang = textLanguage(language);
  useEffect(() => {
    const before = document.documentElement.lang;
    document.documentElement.lang = lang;
    return () => {
      document.documentElement.lang = before;
    };
  }, [lang]);
  useEffect(() => {
    if (screen === "withdrawn") setWithdrawing(null);
  }, [screen]);

  const isOutdated = useSyncExternalStore(update.onChange, update.has, () => false);
  if (isOutdated)
    return (
      <VoterPage
        title={texts.updatedTitle}
        actions={
          <button type="button" className={`${styles.big} ${styles.primary}`} onClick={() => location.reload()}>
            {texts.reload}
          </button>
        }
      >
        <p className={styles.text}>{texts.updatedText}</p>
      </VoterPage>
    );
  if (withdrawing !== null && screen !== "withdrawn")
    return (
      <WithdrawScreen
        texts={texts}
        byCode={withdrawing === "code"}
        problem={problem}
        onWithdraw={(code) => controller.withdraw(code)}
        onKeep={() => {
          controller.forgetProblem();
          setWithdrawing(null);
        }}
      />
    );
  switch (screen) {
    case "consent":
      return ballot === null ? null : (
        <ConsentScreen
          ballot={ballot}
          texts={texts}
          language={language}
          isMember={isMember}
          imageBytes={state.imageBytes}
          refresh={refresh}
          problem={problem}
          onLanguage={setChosenLanguage}
          onJoin={async (still) =>
            controller.join({ language, still, consentVersion: ballot.consent.version, screen: await describeScreen() })
          }
          onWithdraw={() => setWithdrawing("code")}
        />
      );
    case "instructions":
      return (
        <InstructionsScreen
          trial={currentTrial(state)}
          instructions={instructionsOf(ballot, language, 0)}
          texts={texts}
          refresh={refresh}
          imagesFlash={ballot?.imagesFlash ?? false}
          withdrawalCode={controller.secrets().withdrawalCode}
          onPractise={controller.practise}
          onStart={controller.start}
        />
      );
    case "practice": {
      const model = currentTrial(state);
      if (model === null || refresh === null) return null;
      return <PracticeScreen model={model} texts={texts} refresh={refresh} onStart={controller.start} />;
    }
    case "voting":
      return (
        <TrialScreen controller={controller} state={state} texts={texts} refresh={refresh} images={images} onRetryImages={cache.retry} />
      );
    case "leave":
      return (
        <LeaveScreen
          state={state}
          secrets={controller.secrets()}
          texts={texts}
          onReturn={controller.returnToTrials}
          onWithdraw={() => setWithdrawing("own")}
        />
      );
    case "complete":
    case "finishing":
      return <CompleteScreen state={state} texts={texts} onFinish={() => void controller.finish()} onUndo={controller.undo} />;
    case "finished":
      return (
        <EndScreen
          state={state}
          texts={texts}
          withdrawalCode={controller.secrets().withdrawalCode}
          isMember={isMember}
          onWithdraw={() => setWithdrawing("own")}
        />
      );
    default:
      return (
        <MessageScreen
          state={state}
          texts={texts}
          language={language}
          onRetry={() => void controller.open()}
          onRestart={() => void controller.restart()}
          onWithdraw={() => setWithdrawing("code")}
        />
      );
  }
}
