/** The port of update rules: how far to go along a gradient. */
export interface RuleSettings {
  /** Constant: factor of the gradient. Adam: about the change of a pixel a step. */
  readonly stepSize: number;
  readonly earlyProgress: number;
  readonly lateMultiplier: number;
  readonly largestRate: number;
}

export interface UpdateStep {
  readonly gradient: Float32Array;
  /** Of the class that is climbed, as the gradient's evaluation saw it. */
  readonly posterior: number;
  /** Updates made before this one. */
  readonly step: number;
  readonly settings: RuleSettings;
  /** As many arrays of the image's length as `memoryArrays` says; the rule changes them. */
  readonly memory: readonly Float32Array[];
}

export interface UpdateRule {
  readonly id: string;
  /** Arrays of the image's length that are carried from step to step. */
  readonly memoryArrays: number;
  /** Adds the step to `offset` and returns its Euclidean length. */
  apply(offset: Float32Array, update: UpdateStep): number;
}

/** offset += rate x gradient. */
export function addScaled(offset: Float32Array, gradient: Float32Array, rate: number): number {
  let square = 0;
  for (let i = 0; i < offset.length; i++) {
    const change = rate * (gradient[i] as number);
    offset[i] = (offset[i] as number) + change;
    square += change * change;
  }
  return Math.sqrt(square);
}
