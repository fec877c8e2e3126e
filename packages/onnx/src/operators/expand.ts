/** Expand to a larger shape: the gradient is summed back over the copies. */

import { sumToShape } from "../gradients/sumToShape.ts";
import { refuse } from "../nodes/refuse.ts";
import { broadcast } from "../shapes/shape.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const expandRule: OperatorRule = {
  operator: "Expand",
  infer({ node, shape, contents }) {
    const target = contents(1) ?? refuse(node, "has a target shape that is not constant");
    return [{ shape: broadcast(shape(0), target) ?? refuse(node, "cannot broadcast its input to that shape") }];
  },
  differentiate(context) {
    const { outputGradient, needsGradient, shape, outputShape } = context;
    return [needsGradient(0) ? sumToShape(context, outputGradient, outputShape(0), shape(0), "input") : null, null];
  },
};
