/** Tails of the binomial distribution, as the incomplete beta function (Abramowitz & Stegun 1964, 26.5.24): exact p against chance. */

import { incompleteBeta } from "@pareidolia/analysis/numbers/incompleteBeta";
import { AppError } from "@pareidolia/core/appError";

/**
 * The probability of at least `successes` in `trials` if each succeeds with `chance`: the exact one-sided p for "above chance".
 * @throws AppError INVALID_INPUT unless the counts are whole, 0 <= successes <= trials and 0 <= chance <= 1.
 */
export function binomialUpperTail(successes: number, trials: number, chance: number): number {
  const whole = Number.isInteger(successes) && Number.isInteger(trials);
  if (!(whole && successes >= 0 && successes <= trials && chance >= 0 && chance <= 1))
    throw new AppError("INVALID_INPUT", "A binomial tail needs from 0 to `trials` successes and a chance from 0 to 1.");
  return successes === 0 ? 1 : incompleteBeta(chance, successes, trials - successes + 1);
}
