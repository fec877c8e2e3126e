/** The sum along the axis of a Softmax or LogSoftmax. */
import { int } from "../graphBuilder.ts";
import { frontAxis } from "../shapes/shape.ts";
import { intOr } from "./attributeValues.ts";
import type { GradientContext } from "./operatorRule.ts";

export function sumAlongAxis({ node, builder, name, shape }: GradientContext, value: string): string {
  const axis = frontAxis(intOr(node, "axis", -1), shape(0).length);
  return builder.node("ReduceSum", name("sum"), [value, builder.integers(name("axis"), [axis])], { keepdims: int(1) });
}
