/**
 * Which images a new voter sees, while a study collects votes: those with the fewest voters first, so that all images fill up together, and
 * none whose stopping rule has stopped or whose places are taken. A place is taken by votes, or by a voter who has joined and may still vote.
 */
import { AppError } from "@pareidolia/core/appError";
import { shuffled } from "../draws.ts";
import { whyWithout } from "../protocols/registry.ts";
import { decide } from "../stopping/registry.ts";
import type { Votes } from "../stopping/stoppingRule.ts";
import { buildTrials } from "../trials/buildTrials.ts";
import type { DesignedTrials } from "../trials/design.ts";
import type { Trial } from "../trials/trial.ts";
import { voterStreams } from "../trials/voterStreams.ts";
import type { StudyPlan } from "./studyPlan.ts";

/** The state of the image at `index` of the design's stimuli. */
export interface ImageState {
  readonly index: number;
  /** In all phases. */
  readonly votes: number;
  readonly agreeing: number;
  /** Voters who may still vote on it. */
  readonly holders: number;
  /** How many of `votes` are theirs. */
  readonly votesOfHolders: number;
}

export interface AssignedImages {
  /** Indices of the design's stimuli, ascending. */
  readonly items: readonly number[];
  readonly trials: readonly Trial[];
}

/** An image with its number of taken places. A voter votes on it once in each phase. */
interface Candidate extends ImageState {
  readonly taken: number;
}

interface Choice {
  readonly chosen: readonly Candidate[];
  /** Images without free places that may be shown, too, if the chosen ones are too few for a trial. */
  readonly spare: readonly Candidate[];
}

function groupBy(order: readonly Candidate[], keyOf: (candidate: Candidate) => string): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of order) {
    const members = groups.get(keyOf(candidate));
    if (members === undefined) groups.set(keyOf(candidate), [candidate]);
    else members.push(candidate);
  }
  return groups;
}

/** The candidates, best first, by the design's assignment. */
function choose(design: DesignedTrials, order: readonly Candidate[], isFree: (candidate: Candidate) => boolean): Choice {
  const { assignment, perVoter, stimuli } = design;
  const keyOf = ({ index }: Candidate, name: "group" | "condition"): string => stimuli[index]?.[name] ?? "";
  if (assignment === "onePerGroup") {
    const groups = groupBy(order, (candidate) => keyOf(candidate, "group"));
    const chosen = [...groups.values()].flatMap((members) => members.find(isFree) ?? []);
    const used = new Set(chosen.map((candidate) => keyOf(candidate, "group")));
    return { chosen, spare: [...groups].flatMap(([group, members]) => (used.has(group) ? [] : members.slice(0, 1))) };
  }
  if (assignment === "oneCondition") {
    const conditions = [...groupBy(order, (candidate) => keyOf(candidate, "condition")).values()]
      .map((members) => ({ members, taken: members.reduce((sum, { taken }) => sum + taken, 0) / members.length }))
      .sort((one, other) => one.taken - other.taken);
    for (const { members } of conditions) {
      const chosen = members.filter(isFree);
      if (chosen.length > 0) return { chosen, spare: members.filter((candidate) => !chosen.includes(candidate)) };
    }
    return { chosen: [], spare: [] };
  }
  const chosen: Candidate[] = [];
  for (const candidate of order) {
    if (chosen.length === perVoter.counted) break;
    if (isFree(candidate)) chosen.push(candidate);
  }
  const free = new Set(chosen);
  return { chosen, spare: order.filter((candidate) => !free.has(candidate)).slice(0, perVoter.counted - chosen.length) };
}

/**
 * The votes on an image as its stopping rule reads them: those of one phase, on average, since a voter's answers in several phases are not
 * independent. Answers that agree with no label, such as texts, are no part of `agreeing`.
 */
function votesOfOnePhase({ votes, agreeing }: ImageState, phases: DesignedTrials["phases"]): Votes {
  const judged = phases.filter(({ protocol }) => whyWithout(protocol, "agreement") === null).length;
  const perPhase = Math.floor(votes / phases.length);
  return { votes: perPhase, agreeing: Math.min(perPhase, Math.round(agreeing / Math.max(1, judged))) };
}

/** Null if these images are too few for the design's trials. */
function tryTrials(design: DesignedTrials, address: { readonly seed: number; readonly voter: number; readonly items: readonly number[] }) {
  try {
    return buildTrials(design, address);
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return null;
    throw error;
  }
}

/**
 * The images of the voter with this number. Among images with equally many voters, the order is drawn from the study's seed and the number.
 *
 * The last free images can be too few for a trial, as for foils that are labels of the voter's other images. Then as few images without
 * free places as possible are added, and get more votes than planned.
 * @param images all counted images.
 * @param preferred indices of images that researchers assigned to the voter: they come first, as far as they have free places.
 * @returns null if the study needs no more votes.
 */
export function assignImages(
  { seed, rules, overlap }: Pick<StudyPlan, "seed" | "rules" | "overlap">,
  images: readonly ImageState[],
  voter: number,
  preferred: readonly number[] = [],
): AssignedImages | null {
  const { design, stopping } = rules;
  const assigned = new Set(preferred);
  const candidates = images.map((image): Candidate => {
    const voted = Math.ceil((image.votes - image.votesOfHolders) / design.phases.length);
    return { ...image, taken: voted + image.holders };
  });
  const order = shuffled(candidates, voterStreams({ seed, voter }, 0, "counted").voter("assignment")).sort(
    (one, other) => Number(assigned.has(other.index)) - Number(assigned.has(one.index)) || one.taken - other.taken,
  );
  const isFree = (candidate: Candidate): boolean =>
    candidate.taken < overlap && !decide(stopping, votesOfOnePhase(candidate, design.phases)).stop;
  const { chosen, spare } = choose(design, order, isFree);
  if (chosen.length === 0) return null;
  for (let added = 0; added <= spare.length; added++) {
    const items = [...chosen, ...spare.slice(0, added)].map(({ index }) => index).sort((one, other) => one - other);
    const trials = tryTrials(design, { seed, voter, items });
    if (trials !== null) return { items, trials };
  }
  return null;
}
