"use client";
/** Consent: what is kept and for how long, what is shared, how to withdraw and how much is loaded, before the box and the button. */
import { minutesOf } from "@pareidolia/perception/trials/sessionLength";
import { type FormEvent, useState } from "react";
import type { Ballot, ConsentText } from "./ballot.ts";
import { consentFactsIn, megabytesText } from "./consentFacts.ts";
import type { VotingTexts } from "./englishTexts.ts";
import { FlashWarning, VersionChoice } from "./FlashChoice.tsx";
import type { RefreshRate } from "./measureRefreshRate.ts";
import { problemText } from "./problemText.ts";
import { useReducedMotion } from "./useReducedMotion.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import { languageName } from "./votingTexts.ts";

interface ConsentScreenProps {
  readonly ballot: Ballot;
  readonly texts: VotingTexts;
  readonly language: string;
  readonly isMember: boolean;
  /** Null while they are measured, and if they cannot be. */
  readonly imageBytes: number | null;
  /** Null while it is measured. */
  readonly refresh: RefreshRate | null;
  readonly problem: string | null;
  readonly onLanguage: (language: string) => void;
  readonly onJoin: (still: boolean) => Promise<void>;
  readonly onWithdraw: () => void;
}

function textIn({ consent }: Ballot, language: string): ConsentText | undefined {
  return consent.texts.find((text) => text.language === language) ?? consent.texts[0];
}

export function ConsentScreen(props: ConsentScreenProps) {
  const { ballot, texts, language, isMember, imageBytes, refresh, problem, onLanguage, onJoin, onWithdraw } = props;
  const [agreed, setAgreed] = useState(false);
  const [reminded, setReminded] = useState(false);
  const [busy, setBusy] = useState(false);
  const reducedMotion = useReducedMotion();
  const [chosenStill, setChosenStill] = useState<boolean | null>(null);
  const still = ballot.offersStill && (chosenStill ?? reducedMotion);
  const text = textIn(ballot, language);
  const { version, minimumAge } = ballot.consent;
  const join = async (event: FormEvent) => {
    event.preventDefault();
    setReminded(!agreed);
    if (!agreed || busy) return;
    setBusy(true);
    await onJoin(still);
    setBusy(false);
  };
  const always = consentFactsIn(language);
  const facts = [
    [texts.time, texts.timeValue(minutesOf(ballot), ballot.trialCount)],
    [always.data, imageBytes === null ? "" : always.weight(megabytesText(imageBytes, language))],
    [texts.kept, still && text !== undefined ? `${text.kept} ${texts.keptStill}` : (text?.kept ?? "")],
    [always.always, isMember ? `${always.kept} ${always.keptOfMembers}` : always.kept],
    [always.network, isMember ? "" : always.keptNetwork],
    [texts.shared, text?.shared ?? ""],
    [texts.stop, text?.withdrawal ?? ""],
  ] as const;
  return (
    <VoterPage
      above={`${ballot.studyKey}, ${ballot.workspaceName}`}
      title={ballot.title}
      wide
      corner={
        ballot.languages.length > 1 ? (
          <div role="group" aria-label={texts.language} className={styles.languages}>
            {ballot.languages.map((each) => (
              <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => onLanguage(each)}>
                {languageName(each)}
              </button>
            ))}
          </div>
        ) : null
      }
      actions={
        <>
          <form onSubmit={(event) => void join(event)}>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={agreed}
                aria-describedby="agree-problem"
                onChange={(event) => {
                  setAgreed(event.target.checked);
                  setReminded(false);
                }}
              />
              {texts.agree(minimumAge, version)}
            </label>
            <p id="agree-problem" role="alert" className={reminded || problem !== null ? styles.problem : undefined}>
              {reminded ? texts.agreeFirst : problem === null ? null : problemText(texts, problem)}
            </p>
            <button type="submit" className={`${styles.big} ${styles.primary}`} disabled={busy}>
              {busy ? texts.beginning : texts.begin}
            </button>
          </form>
          <button type="button" className={styles.quiet} onClick={onWithdraw}>
            {texts.haveCode}
          </button>
        </>
      }
    >
      {text === undefined || text.introduction === "" ? null : <p className={styles.text}>{text.introduction}</p>}
      {ballot.offersStill ? (
        <VersionChoice
          ballot={ballot}
          texts={texts}
          refresh={refresh}
          reducedMotion={reducedMotion}
          still={still}
          onChoose={setChosenStill}
        />
      ) : ballot.imagesFlash ? (
        <FlashWarning>
          {texts.flashWarning} {reducedMotion ? texts.reducedMotionWarning : null}
        </FlashWarning>
      ) : null}
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </VoterPage>
  );
}
