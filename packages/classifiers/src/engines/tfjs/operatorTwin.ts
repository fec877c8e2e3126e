/** What a twin of an ONNX operator is: the same function in tfjs. */

import type { GraphNode } from "@pareidolia/onnx/graph";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";
import type { Value } from "./value.ts";

export interface TwinContext {
  readonly tf: TensorFlow;
  readonly node: GraphNode;
  /** @throws AppError INVALID_INPUT when the node has no such input. */
  input(index: number): Value;
  findInput(index: number): Value | null;
  /** The numbers of an input that the image's pixels do not change: sizes, axes, bounds. Null when the node lacks it. */
  findNumbers(index: number): readonly number[] | null;
  /** Whether an input holds integers. Its tensor is float32 like all others, but ONNX asks for integer arithmetic. */
  isWhole(index: number): boolean;
  /** A tensor made of inputs that do not depend on the image, such as turned weights: made once and kept for the engine's life. */
  kept(key: string, inputs: readonly number[], make: () => Tensor): Tensor;
  /** @throws AppError INVALID_INPUT, naming the node. */
  refuse(reason: string): never;
}

export interface OperatorTwin {
  readonly operator: string;
  run(context: TwinContext): readonly Value[];
}
