/** Softmax along one axis: p * (gradient - sum(gradient * p)). `normalise` rewrites the flattening Softmax of operator sets before 13. */
import type { OperatorRule } from "./operatorRule.ts";
import { sumAlongAxis } from "./sumAlongAxis.ts";

export const softmaxRule: OperatorRule = {
  operator: "Softmax",
  infer: ({ shape }) => [{ shape: shape(0) }],
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name } = context;
    if (!needsGradient(0)) return [null];
    const [probabilities = ""] = node.outputs;
    const weighted = builder.node("Mul", name("weighted"), [outputGradient, probabilities]);
    const centred = builder.node("Sub", name("centred"), [outputGradient, sumAlongAxis(context, weighted)]);
    return [builder.node("Mul", name("input"), [centred, probabilities])];
  },
};
