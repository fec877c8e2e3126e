/** The interface of a twin, which computes an ONNX operator with tfjs. */

import type { GraphNode } from "@pareidolia/onnx/graph";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";
import type { Value } from "./value.ts";

export interface TwinContext {
  readonly tf: TensorFlow;
  readonly node: GraphNode;
  /** @throws AppError INVALID_INPUT if the node has no such input. */
  input(index: number): Value;
  findInput(index: number): Value | null;
  /** The numbers of an input that does not depend on pixels, such as sizes, axes and bounds. Null if the node lacks it. */
  findNumbers(index: number): readonly number[] | null;
  /** Whether an input has an integer type. Its tensor is float32 like all others, but ONNX specifies integer arithmetic. */
  isInteger(index: number): boolean;
  /** A tensor computed from the given inputs, such as transposed weights. If these are constant, it is computed once and cached. */
  cached(key: string, inputs: readonly number[], make: () => Tensor): Tensor;
  /** @throws AppError INVALID_INPUT that names the node. */
  refuse(reason: string): never;
}

export interface OperatorTwin {
  readonly operator: string;
  run(context: TwinContext): readonly Value[];
}
