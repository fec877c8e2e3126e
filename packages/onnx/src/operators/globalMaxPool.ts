/** GlobalMaxPool: the maximum of each channel. Ties share the gradient equally. */
import { int } from "../graphBuilder.ts";
import { inferGlobalPool } from "./globalPooling.ts";
import type { OperatorRule } from "./operatorRule.ts";
import { shareAmongMaxima } from "./shareAmongMaxima.ts";

export const globalMaxPoolRule: OperatorRule = {
  operator: "GlobalMaxPool",
  infer: inferGlobalPool,
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name } = context;
    if (!needsGradient(0)) return [null];
    const axes = builder.integers(name("axes"), [2, 3]);
    const sum = (suffix: string, value: string): string => builder.node("ReduceSum", name(suffix), [value, axes], { keepdims: int(1) });
    return [shareAmongMaxima(context, { input: node.inputs[0] ?? "", extreme: node.outputs[0] ?? "", gradient: outputGradient, sum })];
  },
};
