/**
 * The value of an agreement coefficient: a number, or undefined with the reason. A chance-corrected coefficient is 0/0 if agreement by
 * chance is certain; reporting 1 or 0 then would invent a finding.
 */
import { type BootstrapOutcome, bcaBootstrap, type WeightedBootstrap } from "../numbers/bcaBootstrap.ts";

export interface Undefined {
  readonly defined: false;
  /** A sentence for the page. */
  readonly reason: string;
}

/** The data behind the coefficient. */
export interface Evidence {
  /** Number of items used. */
  readonly items: number;
  /** Number of votes used. */
  readonly votes: number;
}

export type Coefficient = ({ readonly defined: true; readonly estimate: number } & Evidence) | Undefined;

export type CoefficientInterval = ({ readonly defined: true } & BootstrapOutcome & Evidence) | Undefined;

export function undefinedBecause(reason: string): Undefined {
  return { defined: false, reason };
}

/** Adds the interval from resampled items to a coefficient; `bootstrap.statistic` must return the same estimate for equal weights. */
export function withInterval(coefficient: Coefficient, bootstrap: WeightedBootstrap): CoefficientInterval {
  if (!coefficient.defined) return coefficient;
  const outcome = bcaBootstrap(bootstrap);
  if (Number.isNaN(outcome.low))
    return undefinedBecause("The coefficient is undefined for most resamples of the items. Collect votes on more items.");
  return { ...coefficient, ...outcome };
}
