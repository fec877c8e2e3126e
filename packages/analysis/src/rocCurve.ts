/**
 * Measures how well a score separates two kinds of images, over all thresholds. Positives are images of the data set, negatives are
 * fooling images, and a higher score means "from the data set" (Hendrycks and Gimpel's convention, 2017). So FPR@95 is the share of
 * fooling images that pass at the threshold that 95% of the real images pass.
 */
import { AppError } from "@pareidolia/core/appError";

export interface RocPoint {
  /** Scores of at least this count as positive. */
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** The curve from (0, 0) to (1, 1), with one point per distinct score. */
export function rocCurve(positives: ArrayLike<number>, negatives: ArrayLike<number>): readonly RocPoint[] {
  const scores = [...scored(positives, true), ...scored(negatives, false)].sort((a, b) => b.score - a.score);
  const points: RocPoint[] = [{ threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 }];
  let truePositives = 0;
  let falsePositives = 0;
  for (const [index, { score, positive }] of scores.entries()) {
    if (positive) truePositives++;
    else falsePositives++;
    if (scores[index + 1]?.score === score) continue;
    points.push({
      threshold: score,
      falsePositiveRate: falsePositives / negatives.length,
      truePositiveRate: truePositives / positives.length,
    });
  }
  return points;
}

/**
 * The area under the curve: the probability that a positive scores higher than a negative; a tie counts half.
 * @throws AppError INVALID_INPUT if either kind is missing or a score is NaN.
 */
export function areaUnderRoc(positives: ArrayLike<number>, negatives: ArrayLike<number>): number {
  const points = rocCurve(positives, negatives);
  let area = 0;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before === undefined) continue;
    area += ((point.falsePositiveRate - before.falsePositiveRate) * (point.truePositiveRate + before.truePositiveRate)) / 2;
  }
  return area;
}

/** The false positive rate at the highest threshold with a recall of at least `recall`. */
export function falsePositiveRateAt(positives: ArrayLike<number>, negatives: ArrayLike<number>, recall = 0.95): number {
  // A share such as 19/20 may be below .95 by a rounding error.
  const point = rocCurve(positives, negatives).find(({ truePositiveRate }) => truePositiveRate >= recall - 1e-12);
  return point?.falsePositiveRate ?? 1;
}

function scored(scores: ArrayLike<number>, positive: boolean): { readonly score: number; readonly positive: boolean }[] {
  if (scores.length === 0) throw new AppError("INVALID_INPUT", "A ROC curve needs images of both kinds.");
  return Array.from(scores, (score) => {
    if (Number.isNaN(score)) throw new AppError("INVALID_INPUT", "A detector's score is not a number.");
    return { score, positive };
  });
}
