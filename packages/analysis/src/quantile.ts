/** Quantiles by linear interpolation between order statistics (Hyndman & Fan 1996, type 7: the default of NumPy and R). */
import { AppError } from "@pareidolia/core/appError";

/**
 * @param probability in [0, 1].
 * @throws AppError INVALID_INPUT for no values or a probability outside [0, 1].
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), probability);
}

export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) throw new AppError("INVALID_INPUT", "A quantile needs at least one value.");
  if (!(probability >= 0 && probability <= 1)) throw new AppError("INVALID_INPUT", "A quantile's probability must be from 0 to 1.");
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}

/** Like `quantile`, for whole numbers given by their counts: `counts[n]` values are n. */
export function quantileOfCounts(counts: ArrayLike<number>, probability: number): number {
  const ends = new Float64Array(counts.length);
  let total = 0;
  for (let n = 0; n < counts.length; n++) {
    total += counts[n] as number;
    ends[n] = total;
  }
  if (total === 0) throw new AppError("INVALID_INPUT", "A quantile needs at least one value.");
  if (!(probability >= 0 && probability <= 1)) throw new AppError("INVALID_INPUT", "A quantile's probability must be from 0 to 1.");
  const position = (total - 1) * probability;
  const at = (rank: number): number => ends.findIndex((end) => end > rank);
  const low = at(Math.floor(position));
  const high = at(Math.min(Math.floor(position) + 1, total - 1));
  return low + (high - low) * (position - Math.floor(position));
}
