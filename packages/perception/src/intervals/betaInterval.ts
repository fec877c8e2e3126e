/**
 * The equal-tailed interval of a share's posterior Beta(a + successes, b + failures). The default prior is Jeffreys' Beta(1/2, 1/2); with
 * no success the interval starts at 0, and with no failure it ends at 1 (Brown, Cai & DasGupta 2001).
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import { betaQuantile } from "../numbers/betaQuantile.ts";

export interface BetaPrior {
  /** Positive; 1 and 1 is the uniform prior. */
  readonly a: number;
  readonly b: number;
}

export const jeffreysPrior: BetaPrior = { a: 0.5, b: 0.5 };

/**
 * The estimate is the posterior mean. Without trials, the interval is the prior's.
 * @throws AppError INVALID_INPUT unless 0 <= successes <= trials, the prior is positive and 0 < confidence < 1.
 */
export function betaInterval(
  successes: number,
  trials: number,
  { confidence = 0.95, prior = jeffreysPrior }: { readonly confidence?: number; readonly prior?: BetaPrior } = {},
): Interval {
  if (!(successes >= 0 && successes <= trials))
    throw new AppError("INVALID_INPUT", "A share needs from 0 to as many successes as there are trials.");
  if (!(confidence > 0 && confidence < 1)) throw new AppError("INVALID_INPUT", "The confidence must be between 0 and 1.");
  const a = prior.a + successes;
  const b = prior.b + trials - successes;
  const tail = (1 - confidence) / 2;
  return {
    estimate: a / (a + b),
    low: trials > 0 && successes === 0 ? 0 : betaQuantile(tail, a, b),
    high: trials > 0 && successes === trials ? 1 : betaQuantile(1 - tail, a, b),
  };
}
