/** The page in place of a ballot: no such study, not open, paused, closed, full, withdrawn, or without an answer of the server. */

import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import type { VotingScreen, VotingState } from "./votingSession.ts";
import type { VotingTexts } from "./votingTexts.ts";

interface MessageScreenProps {
  readonly state: VotingState;
  readonly texts: VotingTexts;
  readonly onRetry: () => void;
  readonly onRestart: () => void;
  readonly onWithdraw: () => void;
}

type Message = readonly [title: string, text: string];

function messageOf({ screen, removed }: VotingState, texts: VotingTexts): Message | null {
  const messages: Partial<Record<VotingScreen, Message>> = {
    failed: [texts.failedTitle, texts.failedText],
    missing: [texts.missingTitle, texts.missingText],
    notOpen: [texts.notOpenTitle, texts.notOpenText],
    paused: [texts.pausedTitle, texts.pausedText],
    closed: [texts.closedTitle, texts.closedText],
    full: [texts.fullTitle, texts.fullText],
    ended: [texts.endedTitle, texts.endedText],
    withdrawn: [texts.withdrawnTitle, texts.withdrawnText(removed)],
  };
  return messages[screen] ?? null;
}

const retried: ReadonlySet<VotingScreen> = new Set(["failed", "notOpen", "paused"]);
/** Votes can be withdrawn as long as the study exists. */
const withdrawable: ReadonlySet<VotingScreen> = new Set(["paused", "closed", "full"]);

export function MessageScreen({ state, texts, onRetry, onRestart, onWithdraw }: MessageScreenProps) {
  const message = messageOf(state, texts);
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
