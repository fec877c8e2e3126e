/** GlobalAveragePool and GlobalMaxPool: the mean or the maximum of each channel. Tied maxima share the gradient. */

import { imageSides } from "../geometry/spatialWindow.ts";
import { shareAmongMaxima } from "../gradients/shareAmongMaxima.ts";
import { int } from "../graphBuilder.ts";
import type { InferenceContext, Inferred, OperatorRule } from "./operatorRule.ts";

function inferGlobalPool({ node, shape }: InferenceContext): Inferred[] {
  imageSides(node, shape(0));
  return [{ shape: [...shape(0).slice(0, 2), 1, 1] }];
}

const globalAveragePoolRule: OperatorRule = {
  operator: "GlobalAveragePool",
  infer: inferGlobalPool,
  differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
    if (!needsGradient(0)) return [null];
    const [rows, columns] = imageSides(node, shape(0));
    const even = builder.floats(name("even"), [rows, columns], new Float32Array(rows * columns).fill(1 / (rows * columns)));
    return [builder.node("Mul", name("input"), [outputGradient, even])];
  },
};

const globalMaxPoolRule: OperatorRule = {
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

export const globalPoolingRules: readonly OperatorRule[] = [globalAveragePoolRule, globalMaxPoolRule];
