/** BatchNormalization with stored statistics: a scale and a shift of each channel, so the gradient is scaled by it again. */
import { floatOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

export const batchNormalizationRule: OperatorRule = {
  operator: "BatchNormalization",
  infer: ({ node, shape }) => node.outputs.map((_, output) => ({ shape: output === 0 ? shape(0) : shape(1) })),
  differentiate(context) {
    const { builder, outputGradient, needsGradient, name, node } = context;
    if ([1, 2, 3, 4].some(needsGradient)) refuse(node, "has a scale or statistics that depend on the image: its gradient is not supported");
    if (!needsGradient(0)) return node.inputs.map(() => null);
    return [builder.node("Mul", name("input"), [outputGradient, channelScale(context)])];
  },
};

/** scale / sqrt(variance + epsilon), shaped to broadcast over height and width. */
function channelScale({ node, builder, name, shape, constant }: GradientContext): string {
  const epsilon = floatOr(node, "epsilon", 1e-5);
  const dims = shape(0)
    .slice(1)
    .map((_, axis) => (axis === 0 ? -1 : 1));
  const [scale, variance] = [constant(1), constant(4)];
  if (scale?.type === "float32" && variance?.type === "float32") {
    const factors = scale.data.map((value, channel) => value / Math.sqrt((variance.data[channel] ?? 0) + epsilon));
    return builder.floats(name("factors"), [factors.length, ...dims.slice(1)], factors);
  }
  const shifted = builder.node("Add", name("shifted"), [
    node.inputs[4] ?? "",
    builder.floats(name("epsilon"), [], Float32Array.of(epsilon)),
  ]);
  const factors = builder.node("Div", name("factors"), [node.inputs[1] ?? "", builder.node("Sqrt", name("deviation"), [shifted])]);
  return builder.node("Reshape", name("stretched"), [factors, builder.integers(name("column"), dims)]);
}
