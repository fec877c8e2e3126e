/** A kind of interval that pages show, as its coverage is simulated: how samples of n units are drawn, and what the interval should contain. */
import type { Random } from "@pareidolia/core/random";

export interface Drawn {
  /** Null with the reason where the product shows none. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly reason?: string;
  readonly truth: number;
}

/** The lowest and the highest coverage, in percent. */
export const promises = { mean: [93, 97], atLeast: [95, 100], null: [94, 96] } as const;

export interface IntervalKind {
  readonly id: string;
  /** What it is the interval of, and over what it generalises. */
  readonly what: string;
  /** What n counts. */
  readonly units: string;
  /** The modules that compute it, in packages. */
  readonly modules: readonly string[];
  /** What its ends can be. */
  readonly range: readonly [lowest: number, highest: number];
  /**
   * `mean`: 95% on average over the populations drawn. `atLeast`: 95% for each of them, and more for most, as exact intervals of few votes
   * and those for every number of votes must have. `null`: without an effect, an interval excludes none in 4 to 6% of all samples.
   */
  readonly promise: keyof typeof promises;
  /** Share of the simulations that it needs: samples that take long are drawn less often. Default 1. */
  readonly share?: number;
  /** Draws a population, and n units of it. */
  draw(random: Random, n: number, simulation: number): Drawn;
}

/** What tests and pages name as the numbers of units for which coverage is known. */
export const sizes = [2, 3, 5, 10] as const;

export const withoutReason = "The samples allow no interval.";
