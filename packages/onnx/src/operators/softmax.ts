/** Softmax and LogSoftmax along one axis. `normalise` has removed the flattening of operator sets before 13. */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { frontAxis } from "../shapes/shape.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

function sumAlongAxis({ node, builder, name, shape }: GradientContext, value: string): string {
  const axis = frontAxis(intOr(node, "axis", -1), shape(0).length);
  return builder.node("ReduceSum", name("sum"), [value, builder.integers(name("axis"), [axis])], { keepdims: int(1) });
}

/** p * (gradient - sum(gradient * p)) */
const softmaxRule: OperatorRule = {
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

/** gradient - p * sum(gradient) */
const logSoftmaxRule: OperatorRule = {
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

export const softmaxRules: readonly OperatorRule[] = [softmaxRule, logSoftmaxRule];
