/** The response bias of one voter: the confusion matrix, base rates, corrected accuracy, and whether agreement changes over the session. */
import { type CountedVotes, filterVotes } from "../countedVotes.ts";
import { type ResponseBias, responseBias } from "./responseBias.ts";
import { type SessionSlope, voterSlope } from "./sessionSlope.ts";

export interface VoterBias {
  /** Null if no vote has both a target and an answer. */
  readonly bias: ResponseBias | null;
  /** Null with too few votes. */
  readonly slope: SessionSlope | null;
}

export function voterBias(votes: CountedVotes, voter: number, confidence = 0.95): VoterBias {
  const own = filterVotes(votes, (vote) => votes.voter[vote] === voter);
  return { bias: responseBias(own, confidence), slope: voterSlope(own, confidence) };
}
