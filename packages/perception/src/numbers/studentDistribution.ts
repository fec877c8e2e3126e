/** Student's t distribution by the incomplete beta function (Abramowitz & Stegun 1964, 26.7.1). Degrees of freedom may be fractions. */
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { normalTail } from "@pareidolia/analysis/normalTail";
import { incompleteBeta } from "@pareidolia/analysis/numbers/incompleteBeta";
import { AppError } from "@pareidolia/core/appError";
import { betaQuantile } from "./betaQuantile.ts";

/** Above this, t and the normal distribution agree to about 1e-9. */
const practicallyNormal = 1e9;

/** P(|T| >= |t|), the two-sided p. @throws AppError INVALID_INPUT unless the degrees of freedom are positive. */
export function studentTwoSidedP(t: number, freedom: number): number {
  check(freedom);
  if (freedom > practicallyNormal) return 2 * normalTail(Math.abs(t));
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/**
 * The t with P(|T| <= t) = confidence. @throws AppError INVALID_INPUT unless 0 < confidence < 1 and the degrees of freedom are positive.
 */
export function studentCriticalValue(confidence: number, freedom: number): number {
  check(freedom);
  if (!(confidence > 0 && confidence < 1)) throw new AppError("INVALID_INPUT", "The confidence must be between 0 and 1.");
  if (freedom > practicallyNormal) return normalQuantile((1 + confidence) / 2);
  const square = betaQuantile(confidence, 0.5, freedom / 2);
  return Math.sqrt((freedom * square) / (1 - square));
}

function check(freedom: number): void {
  if (!(freedom > 0)) throw new AppError("INVALID_INPUT", "Student's t distribution needs positive degrees of freedom.");
}
