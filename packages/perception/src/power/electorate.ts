/**
 * Simulated electorates for planning and for testing intervals: people and images differ, so the logit of the probability that a vote
 * agrees is a mean plus normal deviations of the voter and of the image (the crossed random effects of Baayen, Davidson & Bates 2008).
 * Simulated votes are never shown as votes.
 */
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";

export interface ElectorateOptions {
  /** Mean agreement over voters and images, in (0, 1). */
  readonly agreement: number;
  /** Standard deviation over voters of the logit of agreement. */
  readonly voterSpread: number;
  /** Standard deviation over images. */
  readonly imageSpread: number;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** The mean of logistic(mean + spread Z), Z standard normal, by the trapezoidal rule on ±9 deviations. */
function meanAgreement(mean: number, spread: number): number {
  const steps = 400;
  let sum = 0;
  let weights = 0;
  for (let step = 0; step <= steps; step++) {
    const z = (step / steps) * 18 - 9;
    const weight = Math.exp((-z * z) / 2);
    sum += weight * logistic(mean + spread * z);
    weights += weight;
  }
  return sum / weights;
}

/** The mean logit that gives the requested mean agreement, which spread pulls towards 1/2. */
function centreOf({ agreement, voterSpread, imageSpread }: ElectorateOptions): number {
  if (!(agreement > 0 && agreement < 1 && voterSpread >= 0 && imageSpread >= 0))
    throw new AppError("INVALID_INPUT", "An electorate needs an agreement between 0 and 1 and spreads of at least 0.");
  const spread = Math.hypot(voterSpread, imageSpread);
  let [low, high] = [-60, 60];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (meanAgreement(middle, spread) < agreement) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export interface Electorate {
  /** The stream of a voter's answers. */
  votesOf(voter: number): Random;
  /** Probability that the voter's vote on the image agrees. */
  probability(voter: number, image: number): number;
}

/**
 * Draws electorates, each by its number.
 * @throws AppError INVALID_INPUT for an agreement outside (0, 1) or a negative spread.
 */
export function electorates(options: ElectorateOptions, seed: number): (number: number) => Electorate {
  const centre = centreOf(options);
  return (number) => {
    const stream = (kind: number, index: number): Random =>
      new Random({ seed, generation: number, index: index * 3 + kind, purpose: Purpose.SIMULATE });
    const deviations = (kind: number, spread: number): ((index: number) => number) => {
      const known = new Map<number, number>();
      return (index) => {
        if (spread === 0) return 0;
        const drawn = known.get(index) ?? spread * normalQuantile((stream(kind, index).uint32() + 0.5) * 2 ** -32);
        known.set(index, drawn);
        return drawn;
      };
    };
    const ofVoter = deviations(0, options.voterSpread);
    const ofImage = deviations(1, options.imageSpread);
    return {
      votesOf: (voter) => stream(2, voter),
      probability: (voter, image) => logistic(centre + ofVoter(voter) + ofImage(image)),
    };
  };
}
