/** An estimate with its interval, and the options of resampling (Efron 1979), which has a seed, so that intervals are reproducible. */

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
