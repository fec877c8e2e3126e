/**
 * Random search over parameters. A configuration has a random value, from a short weighted list, for each searched parameter, and the
 * given value for all others.
 */
import { AppError } from "./appError.ts";
import type { Parameters } from "./parameterSpec.ts";
import { Purpose, Random } from "./random.ts";

export interface SearchedChoice {
  readonly value: number;
  /** Relative frequency of this value; a whole number. */
  readonly weight: number;
}

export interface SearchedParameter {
  readonly name: string;
  readonly choices: readonly SearchedChoice[];
}

/** Limits of the number of configurations. The maximum is the number in the paper's search. */
export const fewestConfigurations = 2;
export const maxConfigurations = 299;

export interface DrawOptions {
  readonly space: readonly SearchedParameter[];
  /** Integer in [0, 2^31 - 1]. */
  readonly seed: number;
  /** Number of the configuration, from 0. */
  readonly index: number;
  /** Names of the searched parameters, a subset of the space. */
  readonly names: readonly string[];
  /** A complete set of parameters. Drawn values replace those of the searched parameters. */
  readonly parameters: Parameters;
}

/**
 * Returns a configuration's complete parameters. The drawn values depend only on seed and index: a value is drawn for every parameter of
 * the space and discarded if the parameter is not searched, so adding or removing one searched parameter does not change the others.
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
