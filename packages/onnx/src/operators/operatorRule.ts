/**
 * What an operator says about itself: the shapes of its outputs, and its gradient. `normalise`, `differentiate`
 * and the table of shapes call one rule a node and know nothing about operators themselves.
 */
import type { GraphNode, Tensor } from "../graph.ts";
import type { GraphBuilder } from "../graphBuilder.ts";
import type { Dim, Shape } from "../shapes/shape.ts";

export interface Inferred {
  readonly shape: Shape;
  /** The values of a small integer tensor, in row-major order, where they follow from shapes: exporters compute a Reshape's target from them. */
  readonly contents?: readonly Dim[] | undefined;
}

export type ElementType = Tensor["type"];

/** What determines the element type of an output. */
export interface TypeContext {
  readonly node: GraphNode;
  /** The element type of an input; null where it is unknown or the input is omitted. */
  readonly type: (input: number) => ElementType | null;
}

export interface InferenceContext extends TypeContext {
  readonly node: GraphNode;
  /** @throws AppError INVALID_INPUT when this input's shape is not known. */
  readonly shape: (input: number) => Shape;
  /** An integer input's values, in row-major order; null where they are unknown or the input is left out. */
  readonly contents: (input: number) => readonly Dim[] | null;
  /** An input's values where they are constant. */
  readonly constant: (input: number) => Tensor | null;
}

export interface GradientContext extends InferenceContext {
  /** Where the rule adds its nodes. */
  readonly builder: GraphBuilder;
  /** The gradient with respect to the node's first output. */
  readonly outputGradient: string;
  /** The gradient with respect to each output; null where nothing depends on it. */
  readonly outputGradients: readonly (string | null)[];
  readonly outputShape: (output: number) => Shape;
  /** Whether anybody wants the gradient of this input; a rule makes nothing for the others. */
  readonly wants: (input: number) => boolean;
  /** A name for a new value that no other node's rule uses. */
  readonly name: (suffix: string) => string;
}

export interface OperatorRule {
  readonly operator: string;
  readonly infer: (context: InferenceContext) => readonly Inferred[];
  /** The element type of an output. Default: that of the first input. No gradient flows through integers and booleans. */
  readonly outputType?: (context: TypeContext, output: number) => ElementType | null;
  /** The sizes of what is multiplied, or compared, for each number of the first output; absent where that is one number. */
  readonly terms?: (context: InferenceContext) => Shape;
  /**
   * Adds the nodes that turn the gradient of the outputs into those of the inputs: one name an input, null where none is wanted.
   * Absent for an operator that has no gradient.
   */
  readonly differentiate?: (context: GradientContext) => readonly (string | null)[];
}
