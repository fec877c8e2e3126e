/** Split along an axis: concatenates the gradients of its parts, with zeros for unused parts. */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { frontAxis } from "../shapes/shape.ts";
import type { InferenceContext, OperatorRule } from "./operatorRule.ts";

export const splitRule: OperatorRule = {
  operator: "Split",
  infer(context) {
    const { node, shape } = context;
    const axis = frontAxis(intOr(node, "axis", 0), shape(0).length);
    return partSizes(context, axis).map((size) => ({ shape: shape(0).with(axis, size) }));
  },
  differentiate({ node, builder, outputGradients, needsGradient, name, shape }) {
    if (!needsGradient(0)) return [null];
    const axis = frontAxis(intOr(node, "axis", 0), shape(0).length);
    const parts = outputGradients.map((gradient, output) => {
      if (gradient !== null) return gradient;
      const size = builder.node("Shape", name(`shape${output}`), [node.outputs[output] ?? ""]);
      return builder.node("ConstantOfShape", name(`zeros${output}`), [size]);
    });
    return [builder.node("Concat", name("input"), parts, { axis: int(axis) })];
  },
};

function partSizes({ node, shape, contents }: InferenceContext, axis: number): readonly number[] {
  const size = shape(0)[axis];
  const declared = contents(1);
  if (declared !== null && declared.length === node.outputs.length) return declared.map((part) => (typeof part === "number" ? part : 0));
  if (typeof size !== "number" || declared !== null) return refuse(node, "splits an axis of unknown size");
  const even = Math.ceil(size / node.outputs.length);
  return node.outputs.map((_, output) => Math.min(even, size - output * even));
}
