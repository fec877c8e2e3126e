/** Joins a voter's votes with the trials they answer. The trials follow from the plan, the voter's number and the voter's images. */
import { AppError } from "@pareidolia/core/appError";
import { readAnswer } from "../../protocols/registry.ts";
import type { Answer } from "../../protocols/screen.ts";
import { buildTrials } from "../../trials/buildTrials.ts";
import type { Trial } from "../../trials/trial.ts";
import type { StudyPlan } from "../studyPlan.ts";
import type { StudyVote, StudyVoter } from "./studyData.ts";

export interface SessionVote<Vote extends StudyVote = StudyVote> {
  readonly vote: Vote;
  readonly trial: Trial;
  /** Null if the trial was skipped. */
  readonly answer: Answer | null;
}

/** The trials of a voter. */
export function trialsOf({ seed, rules }: Pick<StudyPlan, "seed" | "rules">, { number, items }: StudyVoter): readonly Trial[] {
  return buildTrials(rules.design, items === null ? { seed, voter: number } : { seed, voter: number, items });
}

/**
 * The votes of one voter in order of trials.
 * @throws AppError CORRUPT_DATA for a vote on a trial that the voter does not have, two votes on one trial, or an answer that does not fit.
 */
export function answeredSession<Vote extends StudyVote>(plan: StudyPlan, voter: StudyVoter, votes: readonly Vote[]): SessionVote<Vote>[] {
  if (votes.length === 0) return [];
  const trials = trialsOf(plan, voter);
  const inOrder = [...votes].sort((one, other) => one.trial - other.trial);
  return inOrder.map((vote, index) => {
    const trial = trials[vote.trial];
    if (trial === undefined || inOrder[index - 1]?.trial === vote.trial)
      throw new AppError(
        "CORRUPT_DATA",
        `Voter ${voter.number} has a vote on trial ${vote.trial}, which does not exist or has another vote.`,
      );
    return { vote, trial, answer: vote.answer === null ? null : storedAnswer(plan, trial, voter.number, vote) };
  });
}

function storedAnswer({ rules }: StudyPlan, trial: Trial, voter: number, vote: StudyVote): Answer {
  const phase = rules.design.phases[trial.phase];
  try {
    if (phase !== undefined) return readAnswer(phase.protocol, trial.screen, vote.answer);
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", `A stored answer of voter ${voter} to trial ${vote.trial} is damaged. ${(cause as Error).message}`, {
      cause,
    });
  }
  throw new AppError("CORRUPT_DATA", `The study has no phase ${trial.phase}.`);
}
