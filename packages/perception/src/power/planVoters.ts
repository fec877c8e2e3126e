/**
 * How many voters a study needs until its images have enough votes: simulated from the study's own trials, so that assignment, pairs,
 * "can't tell" and excluded voters have the same effect as in the study. There is no closed form for this, and a formula for one image of
 * 50% agreement overestimates every study whose images differ.
 */
import { quantile } from "@pareidolia/analysis/quantile";
import { AppError } from "@pareidolia/core/appError";
import { decide, type StoppingRule } from "../stopping/registry.ts";
import { buildTrials } from "../trials/buildTrials.ts";
import type { DesignedTrials } from "../trials/design.ts";
import { type ElectorateOptions, electorates } from "./electorate.ts";

export interface VoterPlanOptions extends ElectorateOptions {
  readonly seed: number;
  /** The rule that every image, or `share` of the images, must reach. */
  readonly stopping: StoppingRule;
  /** Default 1: all images. */
  readonly share?: number;
  /** Share of voters whose votes will be excluded. Default 0. */
  readonly excluded?: number;
  /** Share of answers that will not count as votes, such as "can't tell". Default 0. */
  readonly missing?: number;
  /** Number of simulated studies. Default 100. */
  readonly studies?: number;
  /** Number of voters at which the simulation gives up. Default 1,000. */
  readonly mostVoters?: number;
}

export interface VoterPlan {
  /** Voters needed: the median of the simulated studies and their middle 90%; null where studies needed more than `mostVoters`. */
  readonly voters: { readonly median: number | null; readonly low: number | null; readonly high: number | null };
  /** Counted votes for each image until it stopped: median over images and studies. */
  readonly votesPerImage: number;
  /** Trials of one voter, checks included: the median of the first voters. */
  readonly trialsPerVoter: number;
}

/** Images of the counted trials of the last phase, for each voter; the trials are the same in every simulated study. */
function assignedImages(design: DesignedTrials, seed: number): (voter: number) => readonly number[] {
  const known: (readonly number[])[] = [];
  const phase = design.phases.length - 1;
  return (voter) => {
    known[voter] ??= buildTrials(design, { seed, voter })
      .filter((trial) => trial.role === "counted" && trial.phase === phase)
      .map(({ item }) => item);
    return known[voter];
  };
}

/** A rule's decision depends only on two counts, which repeat. */
function rememberedRule(rule: StoppingRule): (agreeing: number, votes: number) => boolean {
  const known = new Map<number, boolean>();
  return (agreeing, votes) => {
    const key = votes * 2 ** 20 + agreeing;
    const stop = known.get(key) ?? decide(rule, { agreeing, votes }).stop;
    known.set(key, stop);
    return stop;
  };
}

/** @throws AppError INVALID_INPUT for shares outside [0, 1], or a design or an electorate that cannot work. */
export function planVoters(design: DesignedTrials, options: VoterPlanOptions): VoterPlan {
  const studies = simulateVoters(design, options);
  for (;;) {
    const { done, value } = studies.next();
    if (done) return value;
  }
}

/**
 * As `planVoters`, one simulated study a step, so that a page can draw in between. Each step yields the number of studies so far, and the
 * last returns the plan.
 */
export function* simulateVoters(design: DesignedTrials, options: VoterPlanOptions): Generator<number, VoterPlan, undefined> {
  const { seed, stopping, share = 1, excluded = 0, missing = 0, studies = 100, mostVoters = 1000 } = options;
  for (const [name, value] of [
    ["share", share],
    ["excluded", excluded],
    ["missing", missing],
  ] as const)
    if (!(value >= 0 && value <= 1)) throw new AppError("INVALID_INPUT", "A share must be from 0 to 1.", { field: name });
  const imagesOf = assignedImages(design, seed);
  const stops = rememberedRule(stopping);
  const draw = electorates(options, seed);
  const wanted = Math.ceil(share * design.stimuli.length);
  const needed: number[] = [];
  const votesOfImages: number[] = [];
  for (let study = 0; study < studies; study++) {
    const electorate = draw(study);
    const agreeing = new Int32Array(design.stimuli.length);
    const votes = new Int32Array(design.stimuli.length);
    const stopped = new Uint8Array(design.stimuli.length);
    let finished = 0;
    let voter = 0;
    for (; finished < wanted && voter < mostVoters; voter++) {
      const random = electorate.votesOf(voter);
      if (random.chance(excluded)) continue;
      for (const image of imagesOf(voter)) {
        if (stopped[image] === 1 || random.chance(missing)) continue;
        votes[image] = (votes[image] as number) + 1;
        if (random.chance(electorate.probability(voter, image))) agreeing[image] = (agreeing[image] as number) + 1;
        if (!stops(agreeing[image] as number, votes[image] as number)) continue;
        stopped[image] = 1;
        finished++;
      }
    }
    needed.push(finished >= wanted ? voter : Number.POSITIVE_INFINITY);
    votesOfImages.push(...votes);
    yield study + 1;
  }
  const at = (probability: number): number | null => {
    // Nearest rank: a plan that needs more than the largest number of voters cannot be averaged with a number.
    const sorted = [...needed].sort((a, b) => a - b);
    const value = sorted[Math.min(sorted.length - 1, Math.floor(probability * sorted.length))] as number;
    return Number.isFinite(value) ? value : null;
  };
  return {
    voters: { median: at(0.5), low: at(0.05), high: at(0.95) },
    votesPerImage: quantile(votesOfImages, 0.5),
    trialsPerVoter: quantile(
      Array.from({ length: 10 }, (_, voter) => buildTrials(design, { seed, voter }).length),
      0.5,
    ),
  };
}
