/** The life of an image in a norming room: members vote blind, see all votes and discuss, vote again, and an adjudicator decides. */
export const normingStates = ["BLIND", "REVEALED", "VOTING_AGAIN", "DECIDED"] as const;
export type NormingState = (typeof normingStates)[number];

/** A class, that nothing is recognisable, or that the image stays disputed. */
export const normingOutcomes = ["CLASS", "NOTHING", "DISPUTED"] as const;
export type NormingOutcome = (typeof normingOutcomes)[number];

/** Round 1 is blind; round 2 follows the discussion, so its votes are not independent. */
export type NormingRound = 1 | 2;

/** The most characters of a comment and of a decision's reason. */
export const maxRemarkLength = 2_000;
