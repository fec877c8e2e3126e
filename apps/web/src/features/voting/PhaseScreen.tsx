"use client";
/** Before the first trial of a later phase: its instructions, its question, which is another one from here on, and its own practice. */
import type { BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import { phaseWordsIn } from "./phaseWords.ts";
import { questionText } from "./Question.tsx";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";

interface PhaseScreenProps {
  /** The first trial of the phase. */
  readonly trial: BallotTrial;
  /** Phases of the study. */
  readonly phases: number;
  /** Empty for a phase without any. */
  readonly instructions: string;
  readonly texts: VotingTexts;
  readonly language: string;
  readonly onPractise: () => void;
  readonly onStart: () => void;
}

export function PhaseScreen({ trial, phases, instructions, texts, language, onPractise, onStart }: PhaseScreenProps) {
  const words = phaseWordsIn(language);
  return (
    <VoterPage
      above={words.title(trial.phase + 1, phases)}
      title={questionText(trial, texts)}
      actions={
        <>
          <button type="button" className={`${styles.big} ${styles.primary}`} onClick={onPractise} autoFocus>
            {texts.tryThree}
          </button>
          <button type="button" className={styles.quiet} onClick={onStart}>
            {words.start}
          </button>
        </>
      }
    >
      <p className={styles.text}>{instructions === "" ? words.usual : instructions}</p>
    </VoterPage>
  );
}
