"use client";
/** The end: thanks, how the voter did on gold if the study shows it, and the code to withdraw. It shows no times, since speed earns nothing. */
import { useState } from "react";
import { useRouter } from "../addresses/navigation.ts";
import type { BallotGold, QuestionKind } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import styles from "./VoterPage.module.css";
import { VoterPage } from "./VoterPage.tsx";
import type { VotingState } from "./votingSession.ts";
import { WithdrawalCode } from "./WithdrawalCode.tsx";

interface EndScreenProps {
  readonly state: VotingState;
  readonly texts: VotingTexts;
  readonly withdrawalCode: string | null;
  /** Members return to their workspace; visitors have no other page. */
  readonly isMember: boolean;
  readonly onWithdraw: () => void;
}

export function EndScreen({ state, texts, withdrawalCode, isMember, onWithdraw }: EndScreenProps) {
  const router = useRouter();
  const [closing, setClosing] = useState(false);
  const { voter, ballot } = state;
  if (voter === null || ballot === null) return null;
  return (
    <VoterPage
      done
      above={texts.savedOf(voter.answered, voter.total)}
      title={texts.thankYou}
      actions={
        <>
          {closing ? (
            <p className={styles.text} role="status">
              {texts.closePage}
            </p>
          ) : (
            <button type="button" className={styles.big} onClick={() => (isMember ? router.push("/") : setClosing(true))}>
              {texts.done}
            </button>
          )}
          <button type="button" className={styles.quiet} onClick={onWithdraw}>
            {texts.withdrawNow}
          </button>
        </>
      }
    >
      <p className={styles.text}>{texts.nowCount(voter.answered, ballot.studyKey)}</p>
      {voter.gold === null || voter.gold.trials === 0 ? null : <Gold gold={voter.gold} kind={onlyKind(state.trials)} texts={texts} />}
      <WithdrawalCode texts={texts} code={withdrawalCode} />
    </VoterPage>
  );
}

/** Null if the trials ask different questions, or none of them is loaded: then the words fit every question. */
export function onlyKind(trials: VotingState["trials"]): QuestionKind | null {
  const kinds = new Set([...trials.values()].map(({ question }) => question.kind));
  return kinds.size === 1 ? ([...kinds][0] as QuestionKind) : null;
}

interface GoldProps {
  readonly gold: BallotGold;
  readonly kind: QuestionKind | null;
  readonly texts: VotingTexts;
}

function Gold({ gold, kind, texts }: GoldProps) {
  return (
    <>
      <div className={styles.gold}>
        <span className="n36">
          <span className="people">{gold.hits}</span> / {gold.trials}
        </span>
        <span>{texts.goldPassed(gold.trials, kind)}</span>
      </div>
      <ul className={styles.goldImages}>
        {gold.images.map(({ url, passed }, index) => (
          // One photograph may have been shown twice.
          <li key={`${index}-${url}`}>
            <img src={url} alt={passed ? texts.goldRight : texts.goldWrong} />
            <span aria-hidden="true">{passed ? "●" : "×"}</span>
          </li>
        ))}
      </ul>
      <p className={styles.text}>{texts.othersHaveNoAnswer}</p>
    </>
  );
}
