/** Elementwise Sum of any number of inputs. */
import type { OperatorRule } from "./operatorRule.ts";
import { inferBroadcast, sumToShape } from "./sumToShape.ts";

export const sumRule: OperatorRule = {
  operator: "Sum",
  infer: inferBroadcast,
  differentiate(context) {
    const { node, outputGradient, needsGradient, shape, outputShape } = context;
    return node.inputs.map((_, input) =>
      needsGradient(input) ? sumToShape(context, outputGradient, outputShape(0), shape(input), `input${input}`) : null,
    );
  },
};
