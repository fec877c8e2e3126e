/** The settings of a training as plain data, stored in a model's card; together with the seed they reproduce its weights. */
import type { schedules, solvers } from "./solver.ts";

export interface Augmentation {
  /** In pixels, in each direction. Pixels shifted in from outside the image are black. */
  readonly largestShift: number;
  /**
   * The largest brightness of the background, of 255; contrast shrinks accordingly. MNIST's background is always black, so without
   * this a network assigns anything bright to one class with high confidence.
   */
  readonly largestLift: number;
  /** Whether half of the images are mirrored left to right. */
  readonly mirror: boolean;
}

export interface TrainingRecipe {
  readonly solver: keyof typeof solvers;
  readonly schedule: keyof typeof schedules;
  readonly learningRate: number;
  readonly batchSize: number;
  /** The maximum number of passes over the training images. */
  readonly epochs: number;
  /** Training stops after this many epochs in a row without a lower validation error. */
  readonly patience: number;
  readonly augmentation: Augmentation;
}
