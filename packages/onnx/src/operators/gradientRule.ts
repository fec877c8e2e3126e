/** What an operator says about its own gradient. `differentiate` calls one rule a node and knows nothing about operators itself. */
import type { GraphNode } from "../graph.ts";
import type { GraphBuilder } from "../graphBuilder.ts";

export interface GradientContext {
  readonly node: GraphNode;
  /** Where the rule adds its nodes. */
  readonly builder: GraphBuilder;
  /** The gradient of the loss with respect to the node's first output. */
  readonly outputGradient: string;
  /** Whether anybody wants the gradient of this input; a rule makes nothing for the others. */
  readonly wants: (input: number) => boolean;
  /** A name for a new value that no other node's rule uses. */
  readonly name: (suffix: string) => string;
}

export interface GradientRule {
  readonly operator: string;
  /**
   * Adds the nodes that turn the gradient of the output into those of the inputs: one name an input, null where none is wanted.
   * @throws AppError INVALID_INPUT for a form of the operator that the rule does not cover.
   */
  readonly differentiate: (context: GradientContext) => readonly (string | null)[];
}
