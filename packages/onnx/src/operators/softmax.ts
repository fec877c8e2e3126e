/** Softmax along one axis (the flattening of operator sets before 13 is undone by `normalise`): p * (gradient - sum(gradient * p)). */
import type { OperatorRule } from "./operatorRule.ts";
import { sumAlongAxis } from "./sumAlongAxis.ts";

export const softmaxRule: OperatorRule = {
  operator: "Softmax",
  infer: ({ shape }) => [{ shape: shape(0) }],
  differentiate(context) {
    const { node, builder, outputGradient, wants, name } = context;
    if (!wants(0)) return [null];
    const [probabilities = ""] = node.outputs;
    const weighted = builder.node("Mul", name("weighted"), [outputGradient, probabilities]);
    const centred = builder.node("Sub", name("centred"), [outputGradient, sumAlongAxis(context, weighted)]);
    return [builder.node("Mul", name("input"), [centred, probabilities])];
  },
};
