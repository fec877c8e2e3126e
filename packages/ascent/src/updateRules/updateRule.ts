/** The port of update rules: how far to go along a gradient. */
import type { AscentParameters } from "../ascentParameters.ts";

export interface UpdateStep {
  readonly gradient: Float32Array;
  /** Probability of the class that is climbed, from the evaluation that gave the gradient. */
  readonly posterior: number;
  /** Number of earlier updates. */
  readonly step: number;
  readonly settings: Pick<AscentParameters, "stepSize" | "earlyProgress" | "lateMultiplier" | "largestRate">;
  /** `memoryArrays` arrays of the image's length; the rule changes them. */
  readonly memory: readonly Float32Array[];
}

export interface UpdateRule {
  /** Number of arrays of the image's length that are kept from step to step. */
  readonly memoryArrays: number;
  /** Adds the step to `offset` and returns its Euclidean length. */
  apply(offset: Float32Array, update: UpdateStep): number;
}

/** Adds rate x gradient to the offset and returns the Euclidean length of the change. */
export function addScaled(offset: Float32Array, gradient: Float32Array, rate: number): number {
  let square = 0;
  for (let i = 0; i < offset.length; i++) {
    const change = rate * (gradient[i] as number);
    offset[i] = (offset[i] as number) + change;
    square += change * change;
  }
  return Math.sqrt(square);
}
