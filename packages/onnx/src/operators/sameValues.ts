/** Operators that only change the shape: their gradient is reshaped to the input's shape. */
import type { GradientContext, InferenceContext, Inferred, OperatorRule } from "./operatorRule.ts";

export function reshaping(operator: string, infer: (context: InferenceContext) => Inferred): OperatorRule {
  return { operator, infer: (context) => [infer(context)], differentiate };
}

function differentiate({ node, builder, outputGradient, needsGradient, name }: GradientContext): (string | null)[] {
  if (!needsGradient(0)) return [null];
  const shape = builder.node("Shape", name("shape"), [node.inputs[0] ?? ""]);
  return [builder.node("Reshape", name("input"), [outputGradient, shape])];
}
