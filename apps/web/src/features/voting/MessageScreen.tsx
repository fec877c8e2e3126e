/**
 * The page in place of a ballot: no such study, not for the reader, not open, paused, closed, full, withdrawn, or without an answer of the
 * server.
 */

import { openSignIn } from "../session/sessionChange.ts";
import { consentFactsIn } from "./consentFacts.ts";
import type { VotingTexts } from "./englishTexts.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import type { VotingScreen, VotingState } from "./votingSession.ts";

interface MessageScreenProps {
  readonly state: VotingState;
  readonly texts: VotingTexts;
  readonly language: string;
  readonly onRetry: () => void;
  readonly onRestart: () => void;
  readonly onWithdraw: () => void;
}

type Message = readonly [title: string, text: string];

function messageOf({ screen, voter, removed }: VotingState, texts: VotingTexts, language: string): Message | null {
  const facts = consentFactsIn(language);
  const messages: Partial<Record<VotingScreen, Message>> = {
    failed: [texts.failedTitle, texts.failedText],
    signedOut: [texts.signedOutTitle, texts.signedOutText],
    forbidden: [texts.forbiddenTitle, texts.forbiddenText],
    missing: [texts.missingTitle, texts.missingText],
    notOpen: [texts.notOpenTitle, texts.notOpenText],
    paused: [texts.pausedTitle, texts.pausedText],
    closed: [texts.closedTitle, voter === null ? texts.closedText : texts.closedKeptText],
    full: voter?.placeLost === true ? [facts.placeLostTitle, facts.placeLostText] : [texts.fullTitle, texts.fullText],
    ended: [texts.endedTitle, texts.endedText],
    withdrawn: [texts.withdrawnTitle, texts.withdrawnText(removed)],
  };
  return messages[screen] ?? null;
}

const retried: ReadonlySet<VotingScreen> = new Set(["failed", "forbidden", "notOpen", "paused"]);
/** Votes can be withdrawn as long as the study exists. */
const withdrawable: ReadonlySet<VotingScreen> = new Set(["paused", "closed", "full"]);

export function MessageScreen({ state, texts, language, onRetry, onRestart, onWithdraw }: MessageScreenProps) {
  const message = messageOf(state, texts, language);
  if (message === null)
    return (
      <VoterPage title={state.ballot?.title ?? "…"}>
        <p className={styles.text} role="status">
          {texts.loading}
        </p>
      </VoterPage>
    );
  const [title, text] = message;
  const { screen, ballot } = state;
  return (
    <VoterPage
      {...(ballot === null ? {} : { above: `${ballot.studyKey}, ${ballot.workspaceName}` })}
      title={title}
      actions={
        <>
          {retried.has(screen) ? (
            <button type="button" className={styles.big} onClick={onRetry}>
              {screen === "failed" ? texts.tryAgain : texts.checkAgain}
            </button>
          ) : null}
          {screen === "signedOut" ? (
            <button type="button" className={styles.big} onClick={openSignIn}>
              {texts.signIn}
            </button>
          ) : null}
          {screen === "ended" ? (
            <button type="button" className={styles.big} onClick={onRestart}>
              {texts.startAgain}
            </button>
          ) : null}
          {withdrawable.has(screen) ? (
            <button type="button" className={styles.quiet} onClick={onWithdraw}>
              {texts.haveCode}
            </button>
          ) : null}
        </>
      }
    >
      <p className={styles.text} role={screen === "failed" ? "alert" : "status"}>
        {text}
      </p>
    </VoterPage>
  );
}
