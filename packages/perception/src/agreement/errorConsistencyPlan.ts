/**
 * How many trials an estimate of error consistency needs, from kappa's asymptotic variance (Fleiss, Cohen & Everitt 1969) at the expected
 * accuracies and kappa. Klein et al. 2025 (arXiv 2507.06645) answer the same question by simulation. The closer the accuracies are to 1,
 * the fewer the errors and the more trials are needed.
 */
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { AppError } from "@pareidolia/core/appError";

export interface ExpectedConsistency {
  /** Between 0 and 1, exclusive. */
  readonly accuracies: readonly [number, number];
  readonly kappa: number;
}

/** The smallest and the largest kappa of observers with these accuracies (Geirhos 2020, appendix). */
export function kappaBounds([p, q]: readonly [number, number]): readonly [low: number, high: number] {
  const expected = p * q + (1 - p) * (1 - q);
  const at = (both: number): number => (2 * both + 1 - p - q - expected) / (1 - expected);
  return [at(Math.max(0, p + q - 1)), at(Math.min(p, q))];
}

/** Probabilities of both right, only the first, only the second, neither. @throws AppError INVALID_INPUT for an impossible kappa. */
export function jointCorrectness({ accuracies, kappa }: ExpectedConsistency): readonly [number, number, number, number] {
  const [p, q] = accuracies;
  if (!(p > 0 && p < 1 && q > 0 && q < 1))
    throw new AppError("INVALID_INPUT", "Error consistency is undefined for observers who are always right or always wrong.");
  const [low, high] = kappaBounds(accuracies);
  if (!(kappa >= low - 1e-12 && kappa <= high + 1e-12))
    throw new AppError("INVALID_INPUT", `Observers with these accuracies have a kappa from ${low.toFixed(3)} to ${high.toFixed(3)}.`);
  const expected = p * q + (1 - p) * (1 - q);
  const both = (kappa * (1 - expected) + expected + p + q - 1) / 2;
  return [both, p - both, q - both, Math.max(0, 1 - p - q + both)];
}

/** Standard error of kappa, times the square root of the number of trials. */
export function kappaDeviation(expectation: ExpectedConsistency): number {
  const cells = jointCorrectness(expectation);
  const [p, q] = expectation.accuracies;
  const observed = cells[0] + cells[3];
  const expected = p * q + (1 - p) * (1 - q);
  const influence = (a: number, b: number): number => {
    const ofExpected = (a - p) * (2 * q - 1) + (b - q) * (2 * p - 1);
    return (((a === b ? 1 : 0) - observed) * (1 - expected) - (1 - observed) * ofExpected) / (1 - expected) ** 2;
  };
  const [both, first, second, neither] = cells;
  return Math.sqrt(
    both * influence(1, 1) ** 2 + first * influence(1, 0) ** 2 + second * influence(0, 1) ** 2 + neither * influence(0, 0) ** 2,
  );
}

/**
 * Number of trials after which the interval of kappa has this half width on average.
 * @throws AppError INVALID_INPUT for an impossible expectation, or a half width that is not positive.
 */
export function trialsForPrecision(expectation: ExpectedConsistency, halfWidth: number, confidence = 0.95): number {
  if (!(halfWidth > 0)) throw new AppError("INVALID_INPUT", "The half width must be above 0.");
  const z = normalQuantile((1 + confidence) / 2);
  return Math.ceil(((z * kappaDeviation(expectation)) / halfWidth) ** 2);
}
