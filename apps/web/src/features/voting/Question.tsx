/** The question of a trial in the voter's language, with its label emphasised. */
import { labelPlace } from "@pareidolia/perception/study/labelPlace";
import type { BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import styles from "./TrialPlayer.module.css";
import { areDigits } from "./voteKeys.ts";

type Wording = string | readonly string[];

function wordingOf({ question, options }: BallotTrial, texts: VotingTexts): Wording {
  if (question.wording !== null) {
    const parts = question.wording.split(labelPlace);
    return parts.length === 1 ? question.wording : parts;
  }
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

/** The question as one text, such as in instructions. */
export function questionText(trial: BallotTrial, texts: VotingTexts): string {
  const wording = wordingOf(trial, texts);
  return typeof wording === "string" ? wording : wording.join(trial.question.label ?? "");
}

interface QuestionProps {
  /** Of the element, for its description elsewhere. */
  readonly id: string;
  readonly trial: BallotTrial;
  readonly texts: VotingTexts;
  /** Of the heading: 1 on the voter's page. */
  readonly level?: 1 | 3;
}

export function Question({ id, trial, texts, level = 1 }: QuestionProps) {
  const Heading = `h${level}` as const;
  const wording = wordingOf(trial, texts);
  const label = trial.question.label ?? trial.options[0] ?? "";
  return (
    <Heading id={id} className={styles.question}>
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
    </Heading>
  );
}
