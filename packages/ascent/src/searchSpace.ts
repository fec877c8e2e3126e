/**
 * The search space of the paper's random search over regularisation (released code, caffe/ascent/hyperparam_search.py: 299 seeds x 6
 * classes), with its values and weights. The random generator differs, so configuration n is not their hp_seed n. Three of their
 * configurations are presets.
 */
import type { SearchedChoice, SearchedParameter } from "@pareidolia/core/randomSearch";

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
