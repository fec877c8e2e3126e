"use client";
/** The warning before flashing images, and the choice of the still version where a study offers it. */
import type { ReactNode } from "react";
import type { Ballot } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import { canHold } from "./framePlan.ts";
import type { RefreshRate } from "./measureRefreshRate.ts";
import styles from "./VoterPage.module.css";

export function FlashWarning({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.warning} role="note">
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.4">
        <path d="M8 2l6.5 11.5h-13zM8 6.5v3.5M8 11.2v1.2" />
      </svg>
      <p>{children}</p>
    </div>
  );
}

interface VersionChoiceProps {
  readonly ballot: Pick<Ballot, "timing">;
  readonly texts: VotingTexts;
  /** Null while it is measured. */
  readonly refresh: RefreshRate | null;
  readonly reducedMotion: boolean;
  readonly still: boolean;
  readonly onChoose: (still: boolean) => void;
}

export function VersionChoice({ ballot, texts, refresh, reducedMotion, still, onChoose }: VersionChoiceProps) {
  const versions = [
    { isStill: false, name: texts.briefVersion, text: texts.briefVersionText },
    { isStill: true, name: texts.stillVersion, text: texts.stillVersionText },
  ];
  const hint = reducedMotion
    ? texts.reducedMotionChoice
    : refresh !== null && !canHold(ballot.timing, refresh)
      ? texts.unsteadyChoice
      : null;
  return (
    <>
      <FlashWarning>
        {texts.flashChoice} {hint}
      </FlashWarning>
      <fieldset className={styles.versions}>
        <legend className="visuallyHidden">{texts.version}</legend>
        {versions.map(({ isStill, name, text }) => (
          <label key={name} className={styles.check}>
            <input type="radio" name="version" checked={still === isStill} onChange={() => onChoose(isStill)} />
            <span>
              {name}. <span className="muted">{text}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
