/**
 * Resize: nearest, linear or cubic, with all of ONNX's coordinate transformations except tf_crop_and_resize. Each axis is a separate
 * linear map (a matrix of interpolation weights), so the gradient is the product with its transpose.
 */
import { interpolationMatrix } from "../geometry/interpolation.ts";
import { targetsOf } from "../geometry/resizeTargets.ts";
import { gradientOfMap } from "../gradients/linearMap.ts";
import { refuse } from "../nodes/refuse.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const resizeRule: OperatorRule = {
  operator: "Resize",
  infer: (context) => [{ shape: targetsOf(context).map((axis) => axis.to) }],
  differentiate(context) {
    const { node, outputGradient, needsGradient, shape } = context;
    if (!needsGradient(0)) return node.inputs.map(() => null);
    let gradient = outputGradient;
    for (const [axis, { from, to, scale }] of targetsOf(context).entries()) {
      if (from === to && scale === 1) continue;
      if (typeof from !== "number" || typeof to !== "number") return refuse(node, "resizes an axis of unknown size");
      const matrix = interpolationMatrix(node, { from, to, scale });
      const map = { matrix, outputs: to, inputs: from, axis, rank: shape(0).length, suffix: `axis${axis}` };
      gradient = gradientOfMap(context, gradient, map);
    }
    return [gradient];
  },
};
