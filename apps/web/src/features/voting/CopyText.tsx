"use client";
/** A button that copies text and says so in the voter's language. */
import { useEffect, useState } from "react";
import { copyText } from "../marks/copyText.ts";
import type { VotingTexts } from "./englishTexts.ts";
import styles from "./VoterPage.module.css";

interface CopyTextProps {
  readonly texts: VotingTexts;
  readonly label: string;
  readonly text: () => string;
  readonly className?: string | undefined;
}

const shownMs = 1_600;

export function CopyText({ texts, label, text, className = styles.copy }: CopyTextProps) {
  const [outcome, setOutcome] = useState<string | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    setOutcome((await copyText(text())) ? texts.copied : texts.copyFailed);
  };
  return (
    <button type="button" className={className} aria-live="polite" onClick={() => void copy()}>
      {outcome ?? label}
    </button>
  );
}
