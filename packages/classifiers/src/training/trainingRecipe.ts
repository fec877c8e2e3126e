/** How a network is trained, as plain values: what a model's card tells, and what makes the same weights again. */
import type { schedules, solvers } from "./solver.ts";

export interface Augmentation {
  /** In pixels, each way; what comes in from outside is black. */
  readonly largestShift: number;
  /**
   * The ground of an image is lifted from black by up to so much of 255, and its contrast shrinks to fit. Digits lie on black, so
   * that a network that never saw another ground is sure of one class for anything bright.
   */
  readonly largestLift: number;
  /** Half of the images are mirrored left to right. */
  readonly mirror: boolean;
}

export interface TrainingRecipe {
  readonly solver: keyof typeof solvers;
  readonly schedule: keyof typeof schedules;
  readonly learningRate: number;
  readonly batchSize: number;
  /** At most so many passes over the training images. */
  readonly epochs: number;
  /** Training ends when so many epochs in a row bring nothing on the validation images. */
  readonly patience: number;
  readonly augmentation: Augmentation;
}
