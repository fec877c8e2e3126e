/** What each kind of answer receives, and how it reports when and by which press an answer was given. */
import type { MouseEvent, ReactNode } from "react";
import type { AnswerPress } from "./answerGuard.ts";
import type { BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import type { VoteAnswer } from "./votingClient.ts";

export interface AnswerProps {
  readonly trial: BallotTrial;
  readonly texts: VotingTexts;
  /** The position that was chosen; null before. */
  readonly chosen: number | null;
  /** In the researcher's preview: nothing takes the focus. */
  readonly isPreview?: boolean;
  readonly onAnswer: (answer: VoteAnswer, press: AnswerPress) => void;
}

export interface KeysProps extends AnswerProps {
  /** The key "can't tell", to place below the answers; null where it is not offered. */
  readonly cantTell: ReactNode;
}

export function pressOf(event: MouseEvent): AnswerPress {
  return { at: event.timeStamp, clicks: event.detail, repeats: false };
}
