/**
 * What a network's CPPNs reach by generation 100 on any seed, by the hash of its file, pre-processing and framing: for networks that
 * have been measured before. SqueezeNet 1.0, one crop of 227 pixels, was measured at medians of .176 and .181 and at 70 and 77 classes
 * of .99.
 */
export interface LongBars {
  /** Least median over the classes. */
  readonly median: number;
  /** Fewest classes at .99 or more. */
  readonly confident: number;
}

export const longBars: Readonly<Record<string, LongBars>> = {
  d086c3658092bc6a15f51db9ada44d0333cd9bff7c4f26884d801c025d65e44e: { median: 0.1, confident: 40 },
};
