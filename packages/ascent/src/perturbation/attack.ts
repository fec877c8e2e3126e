/**
 * The port of attacks: small changes to a photograph that change what a network says of it, the study that the paper's abstract
 * starts from. An attack on one image is a process that yields what it wants evaluated and receives the answer; a runner batches
 * the wishes of many. So an attack reads like its paper, never sees the other images, and its result does not depend on them.
 */
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage, FloatImage, ImageShape } from "@pareidolia/core/image";
import type { Norm } from "@pareidolia/core/norm";
import { type ParameterSpec, type Preset, resolveParameters } from "@pareidolia/core/parameterSpec";
import { normParameter } from "./boundParameters.ts";

export interface AttackCase {
  readonly image: ByteImage;
  /** The class to get away from; null is what the network says of the image. */
  readonly source: number | null;
  /** The class to get to; null is any other. */
  readonly target: number | null;
  /** Integer in [0, 2^31 - 1]. */
  readonly seed: number;
}

/** `weights` has one number a class: the gradient of the weighted sum of outputs is wished for. Without it, only scores. */
export interface Wish {
  readonly image: FloatImage;
  readonly gradient: { readonly of: GradientOutput; readonly weights: Float32Array } | null;
}

export interface Answer {
  readonly probabilities: Float32Array;
  readonly logits: Float32Array;
  /** Empty where none was wished for. */
  readonly gradient: Float32Array;
}

export type AttackProcess<Result> = Generator<Wish, Result, Answer>;

/** What a method is given: the case with its classes settled, and what the network says of the untouched image. */
export interface AttackGoal {
  readonly shape: ImageShape;
  readonly original: Uint8Array;
  readonly source: number;
  readonly target: number | null;
  readonly seed: number;
  readonly before: Answer;
  /**
   * To be told, on the way, how many of the method's iterations are behind. Those that it leaves out are behind with the next that it
   * takes, so the number never falls.
   */
  readonly reached: (iterations: number) => void;
}

export interface AttackOutcome {
  /** As the method had it, before rounding. */
  readonly pixels: Float32Array;
  readonly stored: Uint8Array;
  /** Gradients asked for. */
  readonly steps: number;
}

export interface AttackDefinition {
  readonly kind: "attack";
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpec[];
  readonly presets: readonly Preset[];
  /**
   * The norm of the bound `epsilon`, or, for a method that has none and makes the change as small as it can, of what it minimises.
   * Null where the parameter `norm` chooses.
   */
  readonly norm: Norm | null;
  readonly isBounded: boolean;
  /** How many it takes of one image at most, whatever the bound. */
  iterationsOf(parameters: Readonly<Record<string, unknown>>): number;
  /** @throws AppError INVALID_INPUT naming the parameter at fault. */
  create(parameters: Readonly<Record<string, unknown>>): (goal: AttackGoal) => AttackProcess<AttackOutcome>;
}

/** @throws AppError INVALID_INPUT where the parameter `norm` is none. */
export function normOf({ norm }: AttackDefinition, given: Readonly<Record<string, unknown>>): Norm {
  return norm ?? resolveParameters([normParameter], "norm" in given ? { norm: given["norm"] } : {}).norm;
}

export function largestClass(scores: Float32Array, except = -1): number {
  let best = -1;
  for (let index = 0; index < scores.length; index++)
    if (index !== except && (best < 0 || (scores[index] as number) > (scores[best] as number))) best = index;
  return best;
}

export function isAdversarial({ source, target }: AttackGoal, scores: Float32Array): boolean {
  const predicted = largestClass(scores);
  return target === null ? predicted !== source : predicted === target;
}
