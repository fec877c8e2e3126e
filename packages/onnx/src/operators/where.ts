/** Where: each input takes the gradient where it was selected and zeros elsewhere. */

import { sumToShape } from "../gradients/sumToShape.ts";
import { inferBroadcast } from "../shapes/broadcasting.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const whereRule: OperatorRule = {
  operator: "Where",
  infer: inferBroadcast,
  outputType: ({ type }) => type(1),
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name, shape, outputShape } = context;
    const [condition = ""] = node.inputs;
    const zero = builder.floats(name("zero"), [], Float32Array.of(0));
    const chosen = (input: 1 | 2): string | null => {
      if (!needsGradient(input)) return null;
      const pair = input === 1 ? [outputGradient, zero] : [zero, outputGradient];
      const gradient = builder.node("Where", name(`chosen${input}`), [condition, ...pair]);
      return sumToShape(context, gradient, outputShape(0), shape(input), `input${input}`);
    };
    return [null, chosen(1), chosen(2)];
  },
};
