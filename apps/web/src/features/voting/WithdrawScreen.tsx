"use client";
/** Withdrawing, after a confirmation: the votes of this session, or those of the person with a code. */
import { type FormEvent, useId, useState } from "react";
import type { VotingTexts } from "./englishTexts.ts";
import { problemText } from "./problemText.ts";
import { readWithdrawalCode } from "./sessionSecrets.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";

interface WithdrawScreenProps {
  readonly texts: VotingTexts;
  /** Whether the voter types a code, since this device has no session. */
  readonly byCode: boolean;
  readonly problem: string | null;
  readonly onWithdraw: (code: string | null) => Promise<void>;
  readonly onKeep: () => void;
}

export function WithdrawScreen({ texts, byCode, problem, onWithdraw, onKeep }: WithdrawScreenProps) {
  const [typed, setTyped] = useState("");
  const [invalid, setInvalid] = useState(false);
  const [busy, setBusy] = useState(false);
  const problemId = useId();
  const withdraw = async (event: FormEvent) => {
    event.preventDefault();
    const code = byCode ? readWithdrawalCode(typed) : null;
    setInvalid(byCode && code === null);
    if (busy || (byCode && code === null)) return;
    setBusy(true);
    await onWithdraw(code);
    setBusy(false);
  };
  const shown = invalid ? texts.codeInvalid : problem === null ? null : problemText(texts, problem);
  return (
    <VoterPage title={byCode ? texts.withdrawCodeTitle : texts.withdrawTitle}>
      <p className={styles.text}>{texts.withdrawText}</p>
      <form className={styles.codeForm} onSubmit={(event) => void withdraw(event)}>
        {byCode ? (
          <label>
            <span className="fieldLabel">{texts.codeLabel}</span>
            <input
              className="input number"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              autoFocus
              value={typed}
              aria-invalid={invalid}
              aria-describedby={problemId}
              onChange={(event) => {
                setTyped(event.target.value);
                setInvalid(false);
              }}
            />
          </label>
        ) : null}
        <p id={problemId} role="alert" className={shown === null ? undefined : styles.problem}>
          {shown}
        </p>
        <button type="submit" className={`${styles.big} ${styles.primary}`} disabled={busy}>
          {busy ? texts.withdrawing : texts.withdrawConfirm}
        </button>
        <button type="button" className={styles.quiet} onClick={onKeep}>
          {texts.keepAnswers}
        </button>
      </form>
    </VoterPage>
  );
}
