/** LogSoftmax along one axis: gradient - p * sum(gradient). */
import type { OperatorRule } from "./operatorRule.ts";
import { sumAlongAxis } from "./sumAlongAxis.ts";

export const logSoftmaxRule: OperatorRule = {
  operator: "LogSoftmax",
  infer: ({ shape }) => [{ shape: shape(0) }],
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name } = context;
    if (!needsGradient(0)) return [null];
    const probabilities = builder.node("Exp", name("probabilities"), [node.outputs[0] ?? ""]);
    const share = builder.node("Mul", name("share"), [probabilities, sumAlongAxis(context, outputGradient)]);
    return [builder.node("Sub", name("input"), [outputGradient, share])];
  },
};
