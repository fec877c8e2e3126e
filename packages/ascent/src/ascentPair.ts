/** The types of one ascent: its input, its results, and its state between steps. */
import type { ByteImage, FloatImage } from "@pareidolia/core/image";

/** A class to climb and a seed to start from. */
export interface AscentPair {
  readonly classIndex: number;
  /** Integer in [0, 2^31 - 1]. */
  readonly seed: number;
  /** Only with the start "image". */
  readonly image?: FloatImage;
}

/** An image of the trajectory, with its confidence as floats and as stored bytes. */
export interface Snapshot {
  readonly step: number;
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly image: ByteImage;
}

/** The first image whose stored bytes reach a confidence. */
export interface Milestone extends Snapshot {
  readonly level: number;
}

export interface TracePoint {
  readonly step: number;
  readonly confidence: number;
  readonly storedConfidence: number;
  /** Euclidean distance from the network's mean colour (`networkMean`), in grey levels. */
  readonly norm: number;
  readonly gradientNorm: number;
  /** Euclidean length of the update after this point; 0 at the end. */
  readonly stepSize: number;
}

/** "no-gradient": the gradient vanished or was not finite, so there is no direction to follow. */
export type AscentEnd = "target" | "budget" | "no-gradient";

/** The state of one pair between two steps. `pixels` and `memory` are empty once it has ended. */
export interface PairState {
  readonly pair: AscentPair;
  pixels: Float32Array;
  memory: readonly Float32Array[];
  end: AscentEnd | null;
  readonly milestones: Milestone[];
  readonly trace: TracePoint[];
  /** The start image, step 0. Like `best` and `last`, null before the first evaluation. */
  start: Snapshot | null;
  /** The stored image of highest confidence, and the latest. */
  best: Snapshot | null;
  last: Snapshot | null;
}

export const milestoneLevels = [0.5, 0.9, 0.99, 0.999, 0.9999] as const;
