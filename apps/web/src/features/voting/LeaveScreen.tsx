"use client";
/** Leaving for now: what is saved, and how to continue here or on another device. */
import { useEffect } from "react";
import { CopyText } from "./CopyText.tsx";
import type { VotingTexts } from "./englishTexts.ts";
import { continueAddress, type SessionSecrets } from "./sessionSecrets.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import type { VotingState } from "./votingSession.ts";
import { WithdrawalCode } from "./WithdrawalCode.tsx";

interface LeaveScreenProps {
  readonly state: VotingState;
  readonly secrets: SessionSecrets;
  readonly texts: VotingTexts;
  readonly onReturn: () => void;
  readonly onWithdraw: () => void;
}

export function LeaveScreen({ state, secrets, texts, onReturn, onWithdraw }: LeaveScreenProps) {
  const { answered, pending, voter } = state;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.repeat) onReturn();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onReturn]);
  return (
    <VoterPage
      title={texts.leaveTitle}
      actions={
        <>
          <button type="button" className={`${styles.big} ${styles.primary}`} onClick={onReturn} autoFocus>
            {texts.continueHere}
          </button>
          <button type="button" className={styles.quiet} onClick={onWithdraw}>
            {texts.withdrawNow}
          </button>
        </>
      }
    >
      <p className={styles.text}>{texts.leaveText(answered.size, voter?.total ?? 0)}</p>
      {pending > 0 ? (
        <p className={styles.text} role="status">
          {texts.leavePending(pending)}
        </p>
      ) : null}
      {secrets.session === null ? null : (
        <section className={styles.code}>
          <span>{texts.otherDevice}</span>
          <CopyText texts={texts} label={texts.copyLink} text={() => continueAddress(location.href, secrets)} />
          <p>{texts.otherDeviceText}</p>
        </section>
      )}
      <WithdrawalCode texts={texts} code={secrets.withdrawalCode} />
    </VoterPage>
  );
}
