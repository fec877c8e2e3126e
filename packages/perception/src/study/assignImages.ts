/**
 * Chooses the images of a new voter while a study collects votes: those with the fewest voters first, so that all images fill up together,
 * and none that has stopped or has no free place. Votes take places, and so do voters who have joined and may still vote.
 */
import { AppError } from "@pareidolia/core/appError";
import { shuffled } from "../draws.ts";
import { whyWithout } from "../protocols/registry.ts";
import { decide, readsAgreement } from "../stopping/registry.ts";
import type { Votes } from "../stopping/stoppingRule.ts";
import { buildTrials } from "../trials/buildTrials.ts";
import type { DesignedTrials } from "../trials/design.ts";
import type { Trial } from "../trials/trial.ts";
import { voterStreams } from "../trials/voterStreams.ts";
import { type LabelledImage, otherImages } from "./otherImages.ts";
import type { StudyPlan } from "./studyPlan.ts";
import type { StudyRules } from "./studyRules.ts";

/** The state of the image at `index` of the design's stimuli. */
export interface ImageState {
  readonly index: number;
  /** Votes in all phases. */
  readonly votes: number;
  readonly agreeing: number;
  /** Votes that agree or disagree with the label, if `countsJudged` says so; otherwise equal to `votes`. */
  readonly judged: number;
  /** Voters who may still vote on it. */
  readonly holders: number;
  /** How many of `votes` they have cast. */
  readonly votesOfHolders: number;
}

export interface AssignedImages {
  /** Indices of the design's stimuli, ascending. */
  readonly items: readonly number[];
  readonly trials: readonly Trial[];
}

/** An image and how many of its places are taken. A voter votes on it once in each phase. */
interface Candidate extends ImageState, LabelledImage {
  readonly taken: number;
}

interface Choice {
  readonly chosen: readonly Candidate[];
  /** Images without free places that may be added if too few images are chosen for a trial. */
  readonly spare: readonly Candidate[];
  /** Replacements, best first, in case no trials can be made even with those. */
  readonly others: () => readonly Candidate[];
}

function groupBy<K>(order: readonly Candidate[], keyOf: (candidate: Candidate) => K): Map<K, Candidate[]> {
  const groups = new Map<K, Candidate[]>();
  for (const candidate of order) {
    const members = groups.get(keyOf(candidate));
    if (members === undefined) groups.set(keyOf(candidate), [candidate]);
    else members.push(candidate);
  }
  return groups;
}

/** Sorts the candidates by the design's assignment, best first. */
function choose(design: DesignedTrials, order: readonly Candidate[], isFree: (candidate: Candidate) => boolean): Choice {
  const { assignment, perVoter, stimuli } = design;
  /** Puts images with free places first. */
  const byPlaces = (): Candidate[] => {
    const free = new Set(order.filter(isFree));
    return [...free, ...order.filter((candidate) => !free.has(candidate))];
  };
  if (assignment === "onePerGroup") {
    const groups = groupBy(order, ({ slot }) => slot);
    const chosen = [...groups.values()].flatMap((members) => members.find(isFree) ?? []);
    const used = new Set(chosen.map(({ slot }) => slot));
    return { chosen, spare: [...groups].flatMap(([group, members]) => (used.has(group) ? [] : members.slice(0, 1))), others: byPlaces };
  }
  if (assignment === "oneCondition") {
    const conditions = [...groupBy(order, ({ index }) => stimuli[index]?.condition ?? "").values()]
      .map((members) => ({ members, taken: members.reduce((sum, { taken }) => sum + taken, 0) / members.length }))
      .sort((one, other) => one.taken - other.taken);
    for (const { members } of conditions) {
      const chosen = members.filter(isFree);
      if (chosen.length > 0) return { chosen, spare: members.filter((candidate) => !chosen.includes(candidate)), others: () => [] };
    }
    return { chosen: [], spare: [], others: () => [] };
  }
  const chosen: Candidate[] = [];
  for (const candidate of order) {
    if (chosen.length === perVoter.counted) break;
    if (isFree(candidate)) chosen.push(candidate);
  }
  const free = new Set(chosen);
  const spare = order.filter((candidate) => !free.has(candidate)).slice(0, perVoter.counted - chosen.length);
  return { chosen, spare, others: byPlaces };
}

/** The phases whose answers agree or disagree with the label. */
function judgedPhases({ phases }: DesignedTrials): number {
  return phases.filter(({ protocol }) => whyWithout(protocol, "agreement") === null).length;
}

/** Whether the stopping rule needs `ImageState.judged`: votes of other phases, such as texts, say nothing about agreement. */
export function countsJudged({ design, stopping }: Pick<StudyRules, "design" | "stopping">): boolean {
  return readsAgreement(stopping) && judgedPhases(design) < design.phases.length;
}

/**
 * The votes on an image as its stopping rule reads them: those of one phase, on average, since a voter's answers in several phases are not
 * independent. A rule that reads agreement gets the judged votes of a judged phase; without any, it never stops.
 */
function votesOfOnePhase({ votes, judged, agreeing }: ImageState, { design, stopping }: StudyRules): Votes {
  if (!readsAgreement(stopping)) return { votes: Math.floor(votes / design.phases.length), agreeing: 0 };
  const phases = judgedPhases(design);
  if (phases === 0) return { votes: 0, agreeing: 0 };
  const perPhase = Math.floor(judged / phases);
  return { votes: perPhase, agreeing: Math.min(perPhase, Math.round(agreeing / phases)) };
}

/** Null if there are too few images for the design's trials, or they are too similar. */
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
 * There may be too few images for a trial, or they may be too similar, for example if foils are labels of the voter's other images. Then
 * images without free places are added, or images with other labels replace the last ones. Images without free places get more votes than
 * planned.
 * @param states all counted images.
 * @param preferred indices of images that researchers assigned to the voter: they come first, as far as they have free places.
 * @returns null if the study needs no more votes, or no trials can be made.
 */
export function assignImages(
  { seed, rules, overlap }: Pick<StudyPlan, "seed" | "rules" | "overlap">,
  states: readonly ImageState[],
  voter: number,
  preferred: readonly number[] = [],
): AssignedImages | null {
  const { design } = rules;
  const assigned = new Set(preferred);
  const candidates = states.map((image): Candidate => {
    const voted = Math.ceil((image.votes - image.votesOfHolders) / design.phases.length);
    const { label = 0, group = "" } = design.stimuli[image.index] ?? {};
    return { ...image, taken: voted + image.holders, label, slot: design.assignment === "onePerGroup" ? group : image.index };
  });
  const order = shuffled(candidates, voterStreams({ seed, voter }, 0, "counted").voter("assignment")).sort(
    (one, other) => Number(assigned.has(other.index)) - Number(assigned.has(one.index)) || one.taken - other.taken,
  );
  const isFree = (candidate: Candidate): boolean =>
    candidate.taken < overlap && !decide(rules.stopping, votesOfOnePhase(candidate, rules)).stop;
  const { chosen, spare, others } = choose(design, order, isFree);
  if (chosen.length === 0) return null;
  function* sets(): Generator<readonly Candidate[]> {
    for (let added = 0; added <= spare.length; added++) yield [...chosen, ...spare.slice(0, added)];
    yield* otherImages(chosen, others(), chosen.length + spare.length);
  }
  for (const images of sets()) {
    const items = images.map(({ index }) => index).sort((one, other) => one - other);
    const trials = tryTrials(design, { seed, voter, items });
    if (trials !== null) return { items, trials };
  }
  return null;
}
