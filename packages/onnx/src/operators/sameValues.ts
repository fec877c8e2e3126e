/** Operators that only rename positions: their gradient takes the input's shape again. */
import type { GradientContext, InferenceContext, Inferred, OperatorRule } from "./operatorRule.ts";

export function reshaping(operator: string, infer: (context: InferenceContext) => Inferred): OperatorRule {
  return { operator, infer: (context) => [infer(context)], differentiate };
}

function differentiate({ node, builder, outputGradient, wants, name }: GradientContext): (string | null)[] {
  if (!wants(0)) return [null];
  const shape = builder.node("Shape", name("shape"), [node.inputs[0] ?? ""]);
  return [builder.node("Reshape", name("input"), [outputGradient, shape])];
}
