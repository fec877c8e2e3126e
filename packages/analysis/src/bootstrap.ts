/**
 * Bootstrap confidence intervals (Efron 1979, percentile method): how much a statistic varies when the sample of runs, images or voters
 * is resampled with replacement. Resampling uses a seed, so intervals are reproducible.
 */
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { quantileOfSorted } from "./quantile.ts";

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  /** Default 2,000. */
  readonly resamples?: number;
  /** Default .95. */
  readonly confidence?: number;
}

/**
 * The statistic of the sample with its confidence interval.
 * @throws AppError INVALID_INPUT for no values, or a confidence outside (0, 1).
 */
export function bootstrapInterval<T>(
  sample: readonly T[],
  statistic: (sample: readonly T[]) => number,
  { seed, resamples = 2000, confidence = 0.95 }: BootstrapOptions,
): Interval {
  if (sample.length === 0) throw new AppError("INVALID_INPUT", "An interval needs at least one value.");
  if (!(confidence > 0 && confidence < 1)) throw new AppError("INVALID_INPUT", "The confidence must be between 0 and 1.");
  const values = new Float64Array(resamples);
  for (let index = 0; index < resamples; index++) {
    const random = new Random({ seed, generation: 0, index, purpose: Purpose.RESAMPLE });
    values[index] = statistic(Array.from(sample, () => sample[random.below(sample.length)] as T));
  }
  values.sort();
  const tail = (1 - confidence) / 2;
  return { estimate: statistic(sample), low: quantileOfSorted(values, tail), high: quantileOfSorted(values, 1 - tail) };
}
