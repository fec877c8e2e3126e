/**
 * The rule of an operator: the shapes of its outputs, and its gradient. `normalise`, `differentiate` and the shape table apply one rule
 * per node and contain nothing specific to an operator.
 */
import type { GraphNode, Tensor } from "../graph.ts";
import type { GraphBuilder } from "../graphBuilder.ts";
import type { Dim, Shape } from "../shapes/shape.ts";

export interface Inferred {
  readonly shape: Shape;
  /**
   * The values of a small integer tensor, in row-major order, if they follow from shapes: exporters compute the target of a Reshape from
   * them.
   */
  readonly contents?: readonly Dim[] | undefined;
}

export type ElementType = Tensor["type"];

/** Determines the element type of an output. */
export interface TypeContext {
  readonly node: GraphNode;
  /** The element type of an input; null if it is unknown or the input is omitted. */
  readonly type: (input: number) => ElementType | null;
}

export interface InferenceContext extends TypeContext {
  readonly node: GraphNode;
  /** @throws AppError INVALID_INPUT if this input's shape is unknown. */
  readonly shape: (input: number) => Shape;
  /** An integer input's values, in row-major order; null if they are unknown or the input is omitted. */
  readonly contents: (input: number) => readonly Dim[] | null;
  /** A constant input's tensor; null otherwise. */
  readonly constant: (input: number) => Tensor | null;
}

export interface GradientContext extends InferenceContext {
  /** The builder that the rule adds its nodes to. */
  readonly builder: GraphBuilder;
  /** The gradient with respect to the node's first output. */
  readonly outputGradient: string;
  /** The gradient with respect to each output; null if nothing depends on it. */
  readonly outputGradients: readonly (string | null)[];
  readonly outputShape: (output: number) => Shape;
  /** Whether the gradient of this input is needed; rules add no nodes for other inputs. */
  readonly needsGradient: (input: number) => boolean;
  /** A unique name for a new value. */
  readonly name: (suffix: string) => string;
}

export interface OperatorRule {
  readonly operator: string;
  readonly infer: (context: InferenceContext) => readonly Inferred[];
  /** The element type of an output. Default: the type of the first input. Integers and booleans have no gradient. */
  readonly outputType?: (context: TypeContext, output: number) => ElementType | null;
  /** Sizes whose product is the number of multiplications or comparisons per element of the first output. Default: one. */
  readonly terms?: (context: InferenceContext) => Shape;
  /**
   * Adds the nodes that compute the inputs' gradients from the outputs' gradients. Returns one name per input, null where none is
   * needed. Absent for an operator without a gradient.
   */
  readonly differentiate?: (context: GradientContext) => readonly (string | null)[];
}
