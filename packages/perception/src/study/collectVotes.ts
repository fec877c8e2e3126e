/**
 * Turns answered trials into the tables that statistics read: counted votes, checks by role, and choices between images. The answers of one
 * phase make one table, since phases have different questions.
 */
import { AppError } from "@pareidolia/core/appError";
import { type CountedVotes, none } from "../countedVotes.ts";
import { agreesWithLabel, type Protocol, passesGold, passesNoise } from "../protocols/registry.ts";
import type { Answer } from "../protocols/screen.ts";
import type { DesignedTrials } from "../trials/design.ts";
import type { Trial } from "../trials/trial.ts";
import type { ImageRole } from "../trials/voterStreams.ts";
import type { CheckVotes } from "../voters/canaryTest.ts";
import type { VoterChecks } from "../voters/describeVoters.ts";

export interface AnsweredTrial {
  /** Index of the voter, from 0. */
  readonly voter: number;
  readonly trial: Trial;
  readonly answer: Answer;
  /** Null if not recorded. */
  readonly responseMs: number | null;
}

/** How answers are categorised: by the labels or images that options stand for, or by their positions on the screen. */
export type AnswerCategories = "options" | "positions";

export interface CollectOptions {
  /** Number of voters of the study. */
  readonly voters: number;
  readonly phase: number;
  /** Default: options. */
  readonly categories?: AnswerCategories;
}

/** What a category number stands for: an element of `values` if categories are labels, otherwise an image's index or a position. */
export interface CategoryNames {
  readonly of: "labels" | "images" | "positions";
  /** Classes, by category; empty unless categories are labels. */
  readonly values: readonly number[];
}

/** Of each category: trials with a right answer in which it was offered and was not right, and those in which it was chosen. */
export interface FoilCounts {
  readonly offered: Int32Array;
  readonly chosen: Int32Array;
}

export interface CollectedVotes {
  readonly votes: CountedVotes;
  readonly foils: FoilCounts;
  readonly names: CategoryNames;
  readonly checks: Required<Pick<VoterChecks, "gold" | "noise" | "canaries">>;
}

/** The places of a design's labels. Results collect the votes of each voter by themselves, so the places are computed once. */
const placesOfDesigns = new WeakMap<DesignedTrials, ReadonlyMap<number, number>>();

function placesOf(design: DesignedTrials): ReadonlyMap<number, number> {
  const known = placesOfDesigns.get(design);
  if (known !== undefined) return known;
  const places = new Map(design.labels.map((label, index) => [label, index]));
  for (const { label } of design.stimuli) if (!places.has(label)) places.set(label, places.size);
  placesOfDesigns.set(design, places);
  return places;
}

/** Numbers the categories of options: classes by their place in the study's labels, others unchanged. */
function numberOptions(
  design: DesignedTrials,
  trials: readonly Trial[],
): { readonly size: number; readonly names: CategoryNames; of(option: number): number } {
  const showsImages = trials.some(({ screen }) => screen.images.length > 1);
  const hasLabels = trials.some(({ screen }) => screen.labels.length > 0);
  const others = { values: [] };
  if (showsImages) return { size: design.stimuli.length, names: { of: "images", ...others }, of: (option) => option };
  if (!hasLabels) return { size: 2, names: { of: "positions", ...others }, of: (option) => option };
  const known = placesOf(design);
  const more = new Map<number, number>();
  for (const { options } of trials)
    for (const option of options) if (!known.has(option) && !more.has(option)) more.set(option, known.size + more.size);
  return {
    size: known.size + more.size,
    names: { of: "labels", values: [...known.keys(), ...more.keys()] },
    of: (option) => (known.get(option) ?? more.get(option)) as number,
  };
}

/**
 * The votes of a phase. Answers without a choice, such as texts and ratings, have no category.
 * @throws AppError INVALID_INPUT for a phase that the design does not have.
 */
export function collectVotes(design: DesignedTrials, answered: readonly AnsweredTrial[], options: CollectOptions): CollectedVotes {
  const { voters, phase, categories = "options" } = options;
  const protocol = protocolOf(design, phase);
  const own = answered.filter(({ trial }) => trial.phase === phase);
  const counted = own.filter(({ trial }) => trial.role === "counted");
  const trials = counted.map(({ trial }) => trial);
  const numbered = numberOptions(design, trials);
  const categoryOf = (trial: Trial, position: number | null): number => {
    if (position === null || trial.options[position] === undefined) return none;
    return categories === "positions" ? position : numbered.of(trial.options[position]);
  };
  const size = categories === "positions" ? trials.reduce((most, trial) => Math.max(most, trial.options.length), 0) : numbered.size;
  const votes: CountedVotes = {
    items: design.stimuli.length,
    voters,
    answers: size,
    item: Int32Array.from(trials, ({ item }) => item),
    voter: Int32Array.from(counted, ({ voter }) => voter),
    answer: Int32Array.from(counted, ({ trial, answer }) => categoryOf(trial, "choice" in answer ? answer.choice : null)),
    target: Int32Array.from(trials, (trial) => categoryOf(trial, trial.target)),
    agrees: Int8Array.from(counted, ({ trial, answer }) => asNumber(agreesWithLabel(protocol, trial, answer))),
    trial: Int32Array.from(trials, ({ number }) => number),
    responseMs: Float64Array.from(counted, ({ responseMs }) => responseMs ?? Number.NaN),
  };
  const checksOf = (role: ImageRole, items: number, hits: (one: AnsweredTrial) => boolean | null): CheckVotes => {
    const judged = own.flatMap((one) => {
      const hit = one.trial.role === role ? hits(one) : null;
      return hit === null ? [] : [{ ...one, hit }];
    });
    return {
      items,
      voters,
      item: Int32Array.from(judged, ({ trial }) => trial.item),
      voter: Int32Array.from(judged, ({ voter }) => voter),
      hit: Uint8Array.from(judged, ({ hit }) => (hit ? 1 : 0)),
    };
  };
  return {
    votes,
    foils: countFoils(counted, size, categoryOf, votes.agrees),
    names: categories === "positions" ? { of: "positions", values: [] } : numbered.names,
    checks: {
      gold: checksOf("gold", design.gold.length, ({ trial, answer }) => passesGold(protocol, trial, answer)),
      noise: checksOf("noise", design.noise.length, ({ answer }) => passesNoise(protocol, answer)),
      canaries: checksOf("canary", design.canaries.length, ({ trial, answer }) => passesGold(protocol, trial, answer)),
    },
  };
}

/** Leaves out trials whose answer is not a vote. */
function countFoils(
  counted: readonly AnsweredTrial[],
  size: number,
  categoryOf: (trial: Trial, position: number) => number,
  agrees: Int8Array,
): FoilCounts {
  const [offered, chosen] = [new Int32Array(size), new Int32Array(size)];
  for (const [vote, { trial, answer }] of counted.entries()) {
    if (trial.target === null || agrees[vote] === none) continue;
    for (let position = 0; position < trial.options.length; position++) {
      if (position === trial.target) continue;
      const category = categoryOf(trial, position);
      offered[category] = (offered[category] as number) + 1;
      if ("choice" in answer && answer.choice === position) chosen[category] = (chosen[category] as number) + 1;
    }
  }
  return { offered, chosen };
}

/** Choices between two images: votes for the ranking of images by Bradley & Terry. */
export interface PairChoices {
  readonly items: number;
  readonly voters: number;
  readonly winner: Int32Array;
  readonly loser: Int32Array;
  readonly voter: Int32Array;
}

/** The counted choices of a phase whose screens show two images. */
export function collectPairs(
  design: DesignedTrials,
  answered: readonly AnsweredTrial[],
  { voters, phase }: Pick<CollectOptions, "voters" | "phase">,
): PairChoices {
  protocolOf(design, phase);
  const choices = answered.flatMap(({ voter, trial, answer }) => {
    const pair = trial.phase === phase && trial.role === "counted" && trial.screen.images.length === 2;
    if (!pair || !("choice" in answer)) return [];
    return [{ voter, winner: trial.options[answer.choice] as number, loser: trial.options[1 - answer.choice] as number }];
  });
  return {
    items: design.stimuli.length,
    voters,
    winner: Int32Array.from(choices, ({ winner }) => winner),
    loser: Int32Array.from(choices, ({ loser }) => loser),
    voter: Int32Array.from(choices, ({ voter }) => voter),
  };
}

function protocolOf({ phases }: DesignedTrials, phase: number): Protocol {
  const found = phases[phase];
  if (found === undefined)
    throw new AppError("INVALID_INPUT", `The study has ${phases.length} phases, so there is no phase ${phase}.`, { field: "phase" });
  return found.protocol;
}

function asNumber(agrees: boolean | null): number {
  return agrees === null ? none : Number(agrees);
}
