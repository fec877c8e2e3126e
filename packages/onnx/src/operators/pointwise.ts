/** A function of one value. Its gradient is the slope in terms of the input or the output, whichever is cheaper. */
import type { Shape } from "../shapes/shape.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

interface At extends Pick<GradientContext, "node" | "builder" | "name"> {
  readonly x: string;
  readonly y: string;
  /** Shape of x and of y. */
  readonly shape: Shape;
  readonly gradient: string;
  /** Adds a node of the gradient, named after `suffix`. */
  readonly make: (operator: string, suffix: string, inputs: readonly string[]) => string;
  readonly constant: (suffix: string, value: number) => string;
}

export function pointwise(operator: string, gradientAt: (at: At) => string): OperatorRule {
  return {
    operator,
    infer: ({ shape }) => [{ shape: shape(0) }],
    differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
      if (!needsGradient(0)) return [null];
      const make = (kind: string, suffix: string, inputs: readonly string[]): string => builder.node(kind, name(suffix), inputs);
      const constant = (suffix: string, value: number): string => builder.floats(name(suffix), [], Float32Array.of(value));
      const at = {
        node,
        builder,
        name,
        x: node.inputs[0] ?? "",
        y: node.outputs[0] ?? "",
        shape: shape(0),
        gradient: outputGradient,
        make,
        constant,
      };
      return [gradientAt(at)];
    },
  };
}
