/**
 * A voter's response times. Online times are 37 to 87 ms longer than in a laboratory (Semmelmann & Weigelt 2016), so the limits are coarse:
 * they detect answers given without looking, and pauses.
 */
import { quantileOfSorted } from "@pareidolia/analysis/quantile";

export interface ResponseTimes {
  /** Recorded times. */
  readonly count: number;
  /** Milliseconds. */
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  /** Shares of the recorded times. */
  readonly tooFast: number;
  readonly tooSlow: number;
}

export interface ResponseTimeLimits {
  /** Milliseconds; default 300. */
  readonly fastMs?: number;
  /** Milliseconds; default 60,000. */
  readonly slowMs?: number;
}

/** @param times milliseconds; NaN if not recorded. @returns null if no time was recorded. */
export function responseTimes(times: ArrayLike<number>, { fastMs = 300, slowMs = 60_000 }: ResponseTimeLimits = {}): ResponseTimes | null {
  const sorted = Float64Array.from(times)
    .filter((time) => !Number.isNaN(time))
    .sort();
  if (sorted.length === 0) return null;
  return {
    count: sorted.length,
    median: quantileOfSorted(sorted, 0.5),
    lowerQuartile: quantileOfSorted(sorted, 0.25),
    upperQuartile: quantileOfSorted(sorted, 0.75),
    tooFast: sorted.filter((time) => time < fastMs).length / sorted.length,
    tooSlow: sorted.filter((time) => time > slowMs).length / sorted.length,
  };
}
