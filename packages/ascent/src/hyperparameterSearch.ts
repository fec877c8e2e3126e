/**
 * The paper's random search over regularisation (released code, caffe/ascent/hyperparam_search.py: 299 seeds x 6 classes): each
 * setting is drawn from a short list with weights. The lists and weights are theirs; the draws are this project's generator, so
 * a number here is not their hp_seed of the same number (three of those are presets).
 */
import { type Parameters, resolveParameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { ascentParameters } from "./ascentParameters.ts";

type Weighted = readonly (readonly [value: number, weight: number])[];

const clipping = (unclipped: number): Weighted => [
  [0, unclipped],
  [10, 10],
  [20, 5],
  [30, 2],
  [50, 2],
  [80, 2],
  [90, 2],
];

const space: readonly (readonly [name: string, choices: Weighted])[] = [
  [
    "decay",
    [
      [0, 4],
      [0.0001, 1],
      [0.001, 1],
      [0.01, 2],
      [0.1, 1],
      [0.2, 1],
      [0.3, 1],
    ],
  ],
  ["iterations", [250, 500, 750, 1000, 1500].map((value) => [value, 1])],
  [
    "earlyProgress",
    [
      [0.02, 1],
      [0.03, 2],
      [0.04, 1],
    ],
  ],
  ["lateMultiplier", [0.02, 0.05, 0.1, 0.2].map((value) => [value, 1])],
  [
    "blurSigma",
    [
      [0, 10],
      [0.3, 2],
      [0.4, 1],
      [0.5, 1],
      [1, 1],
    ],
  ],
  ["blurEvery", [1, 2, 3, 4].map((value) => [value, 1])],
  ["smallNormPercentile", clipping(10)],
  ["smallBenefitPercentile", clipping(20)],
  ["smallContributionPercentile", clipping(10)],
];

/** Configuration number `index` of the search with this seed: complete parameters of a gradient ascent of the posterior. */
export function drawHyperparameters(seed: number, index: number): Parameters {
  const random = new Random({ seed, generation: 0, index, purpose: Purpose.SELECT });
  return resolveParameters(ascentParameters, Object.fromEntries(space.map(([name, choices]) => [name, draw(choices, random)])));
}

function draw(choices: Weighted, random: Random): number {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.below(total);
  for (const [value, weight] of choices) {
    if (left < weight) return value;
    left -= weight;
  }
  return 0;
}
