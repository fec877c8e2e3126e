/**
 * Random search over declared parameters: configurations, each a value of what is drawn, from a short weighted list, and of
 * everything else as given.
 */
import { AppError } from "./appError.ts";
import type { Parameters } from "./parameterSpec.ts";
import { Purpose, Random } from "./random.ts";

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
 * A configuration's complete parameters. What is drawn is decided by seed and index alone: all of the space is, and what is not
 * named is dropped, so that naming one parameter more or less changes no other's value.
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
