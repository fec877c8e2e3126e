"use client";
/** After the last trial: its answer can still be undone. Finishing waits until every answer has arrived. */
import { useEffect } from "react";
import type { VotingTexts } from "./englishTexts.ts";
import { problemText } from "./problemText.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import { undoable, type VotingState } from "./votingSession.ts";

interface CompleteScreenProps {
  readonly state: VotingState;
  readonly texts: VotingTexts;
  readonly onFinish: () => void;
  readonly onUndo: () => void;
}

export function CompleteScreen({ state, texts, onFinish, onUndo }: CompleteScreenProps) {
  const { screen, problem, waiting, answered, voter } = state;
  const finishing = screen === "finishing";
  const last = undoable(state);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "u" && !event.repeat && !event.ctrlKey && !event.metaKey) onUndo();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onUndo]);
  return (
    <VoterPage
      done
      above={`${answered.size} / ${voter?.total ?? 0}`}
      title={finishing ? texts.sending : texts.completeTitle}
      actions={
        <>
          <button type="button" className={`${styles.big} ${styles.primary}`} disabled={finishing} onClick={onFinish}>
            {texts.finish}
          </button>
          {last === null || finishing ? null : (
            <button type="button" className={`${styles.quiet} ${styles.corner}`} onClick={onUndo}>
              {texts.undo} {last + 1} <kbd aria-hidden="true">U</kbd>
            </button>
          )}
        </>
      }
    >
      <p className={styles.text} role="status">
        {finishing ? (waiting ? texts.savedHere : texts.sendingText) : texts.completeText}
      </p>
      {problem === null ? null : (
        <p className={styles.problem} role="alert">
          {problemText(texts, problem)}
        </p>
      )}
    </VoterPage>
  );
}
