/**
 * The value of an agreement coefficient: a number, or undefined with the reason. A chance-corrected coefficient is 0/0 if agreement by
 * chance is certain; reporting 1 or 0 then would invent a finding.
 */
import { type BootstrapOutcome, bcaBootstrap, type WeightedBootstrap, whyWithoutResampling } from "../numbers/bcaBootstrap.ts";

export interface Undefined {
  readonly defined: false;
  /** A sentence for the page. */
  readonly reason: string;
  /** The estimate where only the interval is undefined. */
  readonly estimate?: number;
}

/** The data behind the coefficient. */
export interface Evidence {
  /** Number of items used. */
  readonly items: number;
  /** Number of votes used. */
  readonly votes: number;
}

export type Coefficient = ({ readonly defined: true; readonly estimate: number } & Evidence) | Undefined;

/** An undefined one has its evidence if there is any. */
export type CoefficientInterval = ({ readonly defined: true } & BootstrapOutcome & Evidence) | (Undefined & Partial<Evidence>);

/** Why a coefficient that is corrected for chance needs several items: chance is estimated from the answers to all of them. */
export const oneItem =
  "Agreement by chance is estimated from the answers to all images, and those to a single image agree exactly as often as by chance. " +
  "Collect votes on more images.";

/** @param estimate where only the interval is undefined. */
export function undefinedBecause(reason: string, estimate?: number): Undefined {
  return estimate === undefined ? { defined: false, reason } : { defined: false, reason, estimate };
}

/**
 * Adds the interval from resampled items to a coefficient; `bootstrap.statistic` must return the same estimate for equal weights.
 * @param items their plural noun, for reasons.
 */
export function withInterval(coefficient: Coefficient, bootstrap: WeightedBootstrap, items = "images"): CoefficientInterval {
  if (!coefficient.defined) return coefficient;
  const outcome = bcaBootstrap(bootstrap);
  if (Number.isNaN(outcome.low)) return undefinedBecause(whyWithoutResampling(bootstrap.units, items), coefficient.estimate);
  // Short of perfect agreement, no spread among resamples is no certainty: the votes show too little to tell.
  if (outcome.low === outcome.high && coefficient.estimate < 1)
    return undefinedBecause(
      `All resamples of the ${items} give the same coefficient, so it has no interval. Collect votes on more ${items}.`,
      coefficient.estimate,
    );
  return { ...coefficient, ...outcome };
}
