/** The smallest and largest values that a new run of each kind may have. */
import { leastChange } from "./norm.ts";
import { fewestConfigurations, mostConfigurations } from "./randomSearch.ts";

export interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

export const seedLimits = { minimum: 0, maximum: 2 ** 31 - 1 } as const satisfies Limits;

export const evolutionLimits = {
  generations: { minimum: 1, maximum: 100_000 },
  /** An even number, since two parents have two children. */
  offspring: { minimum: 2, maximum: 2_000 },
} as const satisfies Readonly<Record<string, Limits>>;

export const ascentLimits = {
  classes: { minimum: 1, maximum: 100 },
  /** Per class. */
  starts: { minimum: 1, maximum: 100 },
  configurations: { minimum: fewestConfigurations, maximum: mostConfigurations },
} as const satisfies Readonly<Record<string, Limits>>;

export const perturbationLimits = {
  /** Number of bounds. */
  bounds: { minimum: 1, maximum: 64 },
  /** Of one bound, in grey levels. */
  bound: { minimum: leastChange, maximum: 100_000 },
} as const satisfies Readonly<Record<string, Limits>>;

export const retrainingLimits = {
  iterations: { minimum: 1, maximum: 15 },
  /** Characters of a chain's name. */
  name: { minimum: 1, maximum: 200 },
} as const satisfies Readonly<Record<string, Limits>>;
