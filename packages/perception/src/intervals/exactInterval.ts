/**
 * The exact interval for a share (Clopper & Pearson 1934): its coverage is at least its confidence, whatever the true share. It is
 * therefore wider than Wilson's, and it is used to decide whether a person or an image is above chance.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import { betaQuantile } from "../numbers/betaQuantile.ts";

/** @throws AppError INVALID_INPUT unless 0 <= successes <= trials, trials > 0 and 0 < confidence < 1. */
export function exactInterval(successes: number, trials: number, confidence = 0.95): Interval {
  if (!(trials > 0 && successes >= 0 && successes <= trials))
    throw new AppError("INVALID_INPUT", "A share needs at least one trial, and from 0 to that many successes.");
  if (!(confidence > 0 && confidence < 1)) throw new AppError("INVALID_INPUT", "The confidence must be between 0 and 1.");
  const tail = (1 - confidence) / 2;
  return {
    estimate: successes / trials,
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  };
}
