/**
 * What other pages show of a study's results: the votes that count on each counted image, whose they are, and whether they agree with its
 * label. They are of the study's first question that shows labels, as planned; or of all voters if the plan leaves out every voter.
 * `images/recognisedShare` corrects them for guessing.
 */
import { none } from "../countedVotes.ts";
import type { ProtocolKindId } from "../protocols/registry.ts";
import { whyGuessesAreUnknown } from "./guesses.ts";
import type { Evidence, PhaseEvidence, SideName } from "./results/evidence.ts";

/** Whose votes are shown, of results with these numbers of voters as planned; null before the first computation. */
export function shownSide(plannedVoters: number | null): SideName {
  return plannedVoters === null || plannedVoters === 0 ? "everyone" : "planned";
}

/** Questions in which a vote says that an image has a label. A "yes" says only that it shows something. */
const namingKinds: ReadonlySet<string> = new Set<ProtocolKindId>(["alternatives", "reverse"]);

/** Columns of votes. */
export interface RecognitionVotes {
  /** Number of the study's counted images. */
  readonly images: number;
  /** Choices of the question; null without votes, or if the guesses among them cannot be counted. */
  readonly alternatives: number | null;
  /** Of each vote: the image's place in the plan, the voter's number, and whether the vote agrees with the label. */
  readonly image: readonly number[];
  readonly voter: readonly number[];
  readonly agrees: readonly boolean[];
}

export function recognitionOf(evidence: Pick<Evidence, SideName | "images" | "voters">): RecognitionVotes {
  const { phases } = evidence[shownSide(evidence.planned.voters.length)];
  const phase = phases.find(({ protocol }) => namingKinds.has(protocol.kind));
  const votes = phase?.votes;
  const counted = votes === undefined ? [] : [...votes.agrees.keys()].filter((vote) => votes.agrees[vote] !== none);
  return {
    images: evidence.images.length,
    alternatives: phase === undefined || counted.length === 0 ? null : alternativesOf(phase),
    image: counted.map((vote) => votes?.item[vote] as number),
    voter: counted.map((vote) => evidence.voters[votes?.voter[vote] as number]?.number as number),
    agrees: counted.map((vote) => votes?.agrees[vote] === 1),
  };
}

function alternativesOf(phase: PhaseEvidence): number | null {
  return phase.chance === null || whyGuessesAreUnknown(phase) !== null ? null : Math.round(1 / phase.chance);
}
