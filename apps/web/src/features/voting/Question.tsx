/** The question of a trial in the voter's language, with its label emphasised. */
import type { BallotTrial } from "./ballot.ts";
import styles from "./TrialPlayer.module.css";
import { areDigits } from "./voteKeys.ts";
import type { VotingTexts } from "./votingTexts.ts";

type Wording = string | readonly string[];

function wordingOf({ question, options }: BallotTrial, texts: VotingTexts): Wording {
  const aboutMachine = question.framing === "MACHINE";
  switch (question.kind) {
    case "ONE_LABEL_OF":
      if (areDigits(options)) return aboutMachine ? texts.whichDigitMachine : texts.whichDigit;
      return aboutMachine ? texts.whichLabelMachine : texts.whichLabel;
    case "ONE_IMAGE_OF":
      return aboutMachine ? texts.whichImageMachine : texts.whichImage;
    case "YES_NO":
      return texts.anything;
    case "FREE_TEXT":
      return texts.write;
    case "RATINGS":
      return options.length === 1 ? texts.rateOne : texts.rateMany;
    case "PAIR":
      return texts.pair;
  }
}

export function Question({ trial, texts }: { readonly trial: BallotTrial; readonly texts: VotingTexts }) {
  const wording = wordingOf(trial, texts);
  const label = trial.question.label ?? trial.options[0] ?? "";
  return (
    <h1 className={styles.question}>
      {typeof wording === "string" ? (
        wording
      ) : (
        <>
          {wording[0]}
          <b>
            <bdi>{label}</bdi>
          </b>
          {wording[1]}
        </>
      )}
    </h1>
  );
}
