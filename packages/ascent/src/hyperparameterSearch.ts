/**
 * Random search over hyper-parameters: configurations, each a setting of what is drawn from short weighted lists and of everything
 * else as given. The lists and weights are the paper's search over regularisation (released code, caffe/ascent/hyperparam_search.py:
 * 299 seeds x 6 classes); the draws are this project's generator, so a number here is not their hp_seed of the same number (three
 * of those are presets).
 */
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";

export interface SearchedChoice {
  readonly value: number;
  /** A whole number: how often it is drawn, beside the other choices' weights. */
  readonly weight: number;
}

export interface SearchedParameter {
  readonly name: string;
  readonly choices: readonly SearchedChoice[];
}

/** How many configurations a search has: the paper's search had the most. */
export const fewestConfigurations = 2;
export const mostConfigurations = 299;

const weighted = (...choices: readonly (readonly [value: number, weight: number])[]): readonly SearchedChoice[] =>
  choices.map(([value, weight]) => ({ value, weight }));
const evenly = (...values: readonly number[]): readonly SearchedChoice[] => values.map((value) => ({ value, weight: 1 }));
const clipping = (unclipped: number): readonly SearchedChoice[] =>
  weighted([0, unclipped], [10, 10], [20, 5], [30, 2], [50, 2], [80, 2], [90, 2]);

export const searchSpace: readonly SearchedParameter[] = [
  { name: "decay", choices: weighted([0, 4], [0.0001, 1], [0.001, 1], [0.01, 2], [0.1, 1], [0.2, 1], [0.3, 1]) },
  { name: "iterations", choices: evenly(250, 500, 750, 1000, 1500) },
  { name: "earlyProgress", choices: weighted([0.02, 1], [0.03, 2], [0.04, 1]) },
  { name: "lateMultiplier", choices: evenly(0.02, 0.05, 0.1, 0.2) },
  { name: "blurSigma", choices: weighted([0, 10], [0.3, 2], [0.4, 1], [0.5, 1], [1, 1]) },
  { name: "blurEvery", choices: evenly(1, 2, 3, 4) },
  { name: "smallNormPercentile", choices: clipping(10) },
  { name: "smallBenefitPercentile", choices: clipping(20) },
  { name: "smallContributionPercentile", choices: clipping(10) },
];

export interface DrawOptions {
  readonly space: readonly SearchedParameter[];
  /** Integer in [0, 2^31 - 1]. */
  readonly seed: number;
  /** Which configuration, from 0. */
  readonly index: number;
  /** Which parameters of the space are drawn. */
  readonly names: readonly string[];
  /** Complete: the values of all others. */
  readonly parameters: Parameters;
}

/**
 * A configuration's complete parameters, decided by seed and index alone. All of the space is drawn and what is not named is
 * dropped, so that naming one parameter more or less changes no other's value.
 */
export function drawConfiguration({ space, seed, index, names, parameters }: DrawOptions): Parameters {
  const random = new Random({ seed, generation: 0, index, purpose: Purpose.SELECT });
  const drawn = space.map(({ name, choices }) => [name, draw(choices, random)] as const);
  return { ...parameters, ...Object.fromEntries(drawn.filter(([name]) => names.includes(name))) };
}

function draw(choices: readonly SearchedChoice[], random: Random): number {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.below(total);
  for (const { value, weight } of choices) {
    if (left < weight) return value;
    left -= weight;
  }
  throw new AppError("INTERNAL", "A searched parameter has no choices.");
}
