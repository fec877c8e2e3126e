/** The five steps of an image in a norming room, with the result of each so far. */
import type { NormingState } from "../../graphql/generated/graphql.ts";

export interface RoomStep {
  readonly name: string;
  readonly note: string;
  readonly progress: "done" | "current" | "waiting";
}

interface SteppedImage {
  readonly state: NormingState;
  readonly firstVotes: number;
  /** Without those of former members. */
  readonly memberVotes: number;
  readonly secondVotes: number;
  readonly commentCount: number;
}

const currentSteps: Readonly<Record<NormingState, number>> = { BLIND: 0, REVEALED: 2, VOTING_AGAIN: 3, DECIDED: 5 };

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function roomSteps(image: SteppedImage, memberCount: number): readonly RoomStep[] {
  const { state, firstVotes, memberVotes, secondVotes, commentCount } = image;
  const allAgain = state === "VOTING_AGAIN" && secondVotes === memberVotes;
  const current = allAgain ? 4 : currentSteps[state];
  const notes = [
    state === "BLIND" ? `${memberVotes} of ${memberCount} votes` : `${counted(firstVotes, "vote")}, each blind to the others`,
    "votes, then the machine’s label",
    counted(commentCount, "comment"),
    state === "VOTING_AGAIN" ? `${secondVotes} of ${memberVotes} votes` : secondVotes === 0 ? "not yet" : counted(secondVotes, "vote"),
    state === "DECIDED" ? "decided" : "open",
  ];
  const skippedSecond = state === "DECIDED" && secondVotes === 0;
  return ["Blind vote", "Reveal", "Discuss", "Vote again", "Adjudicate"].map((name, index) => ({
    name,
    note: index === 3 && skippedSecond ? "left out" : (notes[index] as string),
    progress: index < current && !(index === 3 && skippedSecond) ? "done" : index === current ? "current" : "waiting",
  }));
}
