/** The port of update rules, which decide how far to step along a gradient. */
export interface RuleSettings {
  /** Constant: factor of the gradient. Adam: approximate change of a pixel per step, in grey levels. */
  readonly stepSize: number;
  readonly earlyProgress: number;
  readonly lateMultiplier: number;
  readonly largestRate: number;
}

export interface UpdateStep {
  readonly gradient: Float32Array;
  /** Probability of the class, from the gradient's evaluation. */
  readonly posterior: number;
  /** Number of earlier updates. */
  readonly step: number;
  readonly settings: RuleSettings;
  /** `memoryArrays` arrays of the image's length, which the rule updates. */
  readonly memory: readonly Float32Array[];
}

export interface UpdateRule {
  readonly id: string;
  /** Number of arrays of the image's length that the rule keeps between steps. */
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
