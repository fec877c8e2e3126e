/** The instructions of a study's phases, and when a voter reads them. */
import type { Ballot, BallotTrial } from "./ballot.ts";
import type { VotingState } from "./votingSession.ts";

/** Empty for a phase without any. */
export function instructionsOf(ballot: Ballot | null, language: string, phase: number): string {
  const texts = ballot?.consent.texts ?? [];
  return (texts.find((text) => text.language === language) ?? texts[0])?.instructions[phase] ?? "";
}

/** Whether the trial begins a later phase. Those of the first phase are read before practice. */
export function isFirstOfPhase({ trials, answered }: Pick<VotingState, "trials" | "answered">, { phase }: BallotTrial): boolean {
  return phase > 0 && [...answered].every((number) => trials.get(number)?.phase !== phase);
}
