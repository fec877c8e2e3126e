"use client";
/** The instructions: the trial itself in a few images, with the timing of this study and what was measured of the screen. */
import type { ReactNode } from "react";
import type { BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import { MaskCanvas } from "./MaskCanvas.tsx";
import type { RefreshRate } from "./measureRefreshRate.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import { WithdrawalCode } from "./WithdrawalCode.tsx";

interface InstructionsScreenProps {
  /** The first trial, for its question and timing; null while it is loading. */
  readonly trial: BallotTrial | null;
  /** Of the first phase; empty without any. */
  readonly instructions: string;
  readonly texts: VotingTexts;
  /** Null while it is measured. */
  readonly refresh: RefreshRate | null;
  readonly imagesFlash: boolean;
  /** Null if it was shown on another device. */
  readonly withdrawalCode: string | null;
  readonly onPractise: () => void;
  readonly onStart: () => void;
}

function durationText(milliseconds: number, texts: VotingTexts): string {
  if (milliseconds === 250) return texts.quarterSecond;
  if (milliseconds === 500) return texts.halfSecond;
  return milliseconds < 1_000 ? texts.milliseconds(milliseconds) : texts.seconds(String(Math.round(milliseconds / 100) / 10));
}

function Spiral() {
  const rings = [44, 37, 30, 23, 16, 9];
  return (
    <svg viewBox="0 0 96 96" aria-hidden="true">
      <rect width="96" height="96" fill="#fff" />
      {rings.map((radius, index) => (
        <circle key={radius} cx="48" cy="48" r={radius} fill={index % 2 === 0 ? "#17181b" : "#fff"} />
      ))}
    </svg>
  );
}

function stepsOf(
  { question, images, options, timing }: BallotTrial,
  texts: VotingTexts,
): readonly (readonly [string, ReactNode, string])[] {
  const frame = (content: ReactNode) => <span className={styles.step}>{content}</span>;
  const brief = timing.imageMs > 0;
  const several = images.length > 1;
  const keys = question.kind === "YES_NO" ? [texts.yes, texts.no] : several ? ["1", "2"] : options.slice(0, 2);
  const answer =
    question.kind === "FREE_TEXT"
      ? texts.stepWrite
      : question.kind === "RATINGS"
        ? texts.stepRate
        : question.cantTell
          ? texts.stepChoose
          : texts.stepChooseNoDoubt;
  return [
    ...(timing.blankMs > 0 ? [["blank", frame(null), texts.stepBlank] as const] : []),
    [
      "image",
      frame(<Spiral />),
      brief ? texts.stepBrief(durationText(timing.imageMs, texts)) : several ? texts.stepImages : texts.stepImage,
    ],
    ...(brief && timing.maskMs > 0 ? [["mask", frame(<MaskCanvas seed={1} index={0} cells={32} />), texts.stepMask] as const] : []),
    ...(brief && timing.maskMs === 0 ? [["gone", frame(null), texts.stepGone] as const] : []),
    [
      "answer",
      <span key="keys" className={styles.stepKeys}>
        {keys.length === 0 ? <span>…</span> : keys.map((key) => <span key={key}>{key}</span>)}
      </span>,
      timing.answerMs > 0 ? `${answer} ${texts.timeLimit(durationText(timing.answerMs, texts))}` : answer,
    ],
  ];
}

export function InstructionsScreen({
  trial,
  instructions,
  texts,
  refresh,
  imagesFlash,
  withdrawalCode,
  onPractise,
  onStart,
}: InstructionsScreenProps) {
  const ready = trial !== null && refresh !== null;
  const hz = refresh === null ? null : Math.round(refresh.hz);
  return (
    <VoterPage
      above={texts.beforeYouStart}
      title={texts.howItWorks}
      wide
      actions={
        <>
          <button type="button" className={`${styles.big} ${styles.primary}`} disabled={!ready} onClick={onPractise}>
            {texts.tryThree}
          </button>
          <button type="button" className={styles.quiet} disabled={!ready} onClick={onStart}>
            {texts.skipPractice}
          </button>
        </>
      }
    >
      {instructions === "" ? null : <p className={styles.text}>{instructions}</p>}
      {trial === null ? (
        <p className={styles.text} role="status">
          {texts.loading}
        </p>
      ) : (
        <ol className={styles.steps}>
          {stepsOf(trial, texts).map(([id, drawing, text]) => (
            <li key={id}>
              {drawing}
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
      <p className={styles.text}>{texts.noPrize}</p>
      {imagesFlash ? (
        <p className={styles.line}>
          <span>{texts.screen}</span>
          <span>{hz === null ? texts.measuring : refresh?.steady === true ? texts.steady(hz) : texts.unsteady(hz)}</span>
        </p>
      ) : null}
      {imagesFlash && refresh?.steady === false ? <p className={styles.text}>{texts.unsteadyHint}</p> : null}
      {withdrawalCode === null ? null : <WithdrawalCode texts={texts} code={withdrawalCode} />}
    </VoterPage>
  );
}
