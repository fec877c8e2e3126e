/** Sum of any number of values. */

import { sumToShape } from "../gradients/sumToShape.ts";
import { inferBroadcast } from "../shapes/broadcasting.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const sumRule: OperatorRule = {
  operator: "Sum",
  infer: inferBroadcast,
  differentiate(context) {
    const { node, outputGradient, wants, shape, outputShape } = context;
    return node.inputs.map((_, input) =>
      wants(input) ? sumToShape(context, outputGradient, outputShape(0), shape(input), `input${input}`) : null,
    );
  },
};
