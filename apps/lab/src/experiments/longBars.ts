/**
 * Bars for CPPNs at generation 100, for every seed, by the hash of the network's file, pre-processing and framing. They are based on
 * earlier measurements: SqueezeNet 1.0, with one crop of 227 pixels, had medians of .176 and .181, and 70 and 77 classes at .99.
 */
export interface LongBars {
  /** Minimum of the median over the classes. */
  readonly median: number;
  /** Minimum number of classes at .99 or more. */
  readonly confident: number;
}

export const longBars: Readonly<Record<string, LongBars>> = {
  d086c3658092bc6a15f51db9ada44d0333cd9bff7c4f26884d801c025d65e44e: { median: 0.1, confident: 40 },
};
