/**
 * The port of attacks: small changes to a photograph that change its label, the phenomenon that the paper's abstract starts from. An
 * attack on one image is a generator that yields evaluation requests and receives the results. A runner batches the requests of many
 * attacks, so the code of an attack follows its paper, and its result does not depend on other images.
 */
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage, FloatImage, ImageShape } from "@pareidolia/core/image";
import type { Norm } from "@pareidolia/core/norm";
import { type ParameterSpec, type Preset, resolveParameters } from "@pareidolia/core/parameterSpec";
import { normParameter } from "./boundParameters.ts";

export interface AttackCase {
  readonly image: ByteImage;
  /** The class to leave; null for the network's label of the image. */
  readonly source: number | null;
  /** The class to reach; null for any class other than the source. */
  readonly target: number | null;
  /** Integer in [0, 2^31 - 1]. */
  readonly seed: number;
}

export interface EvaluationRequest {
  readonly image: FloatImage;
  /** Requests the gradient of the outputs' weighted sum, with one weight per class. Null for scores only. */
  readonly gradient: { readonly of: GradientOutput; readonly weights: Float32Array } | null;
}

export interface Evaluation {
  readonly probabilities: Float32Array;
  readonly logits: Float32Array;
  /** Empty if not requested. */
  readonly gradient: Float32Array;
}

export type AttackProcess<Result> = Generator<EvaluationRequest, Result, Evaluation>;

/** The input of a method: the case with its classes resolved, and the evaluation of the original image. */
export interface AttackGoal {
  readonly shape: ImageShape;
  readonly original: Uint8Array;
  readonly source: number;
  readonly target: number | null;
  readonly seed: number;
  readonly before: Evaluation;
  /** Reports how many of the method's iterations are done or skipped. The number must never decrease. */
  readonly onIteration: (iterations: number) => void;
}

export interface AttackOutcome {
  /** Before rounding. */
  readonly pixels: Float32Array;
  readonly stored: Uint8Array;
  /** Number of gradients evaluated. */
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
   * The norm of the bound `epsilon`, or the norm that an unbounded method minimises. Null if the parameter `norm` selects it.
   */
  readonly norm: Norm | null;
  readonly isBounded: boolean;
  /** Maximum number of iterations per image, for any bound. */
  iterationsOf(parameters: Readonly<Record<string, unknown>>): number;
  /** @throws AppError INVALID_INPUT with the invalid parameter as `field`. */
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
