/**
 * LRN as in AlexNet: y = x / s^beta with s = bias + alpha / size * (sum of squares over neighbouring channels). dx = dy / s^beta - 2
 * alpha beta / size * x * (sum of dy y / s over the channels whose windows contain x). Sums over neighbouring channels are average
 * poolings of a channel axis reshaped to rows.
 */

import { channelsOf, imageSides } from "../geometry/spatialWindow.ts";
import { int, ints } from "../graphBuilder.ts";
import { floatOr, intOr } from "../nodes/attributeValues.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

export const lrnRule: OperatorRule = {
  operator: "LRN",
  infer: ({ shape }) => [{ shape: shape(0) }],
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name } = context;
    if (!needsGradient(0)) return [null];
    const [input = ""] = node.inputs;
    const alpha = floatOr(node, "alpha", 0.0001);
    const beta = floatOr(node, "beta", 0.75);
    const size = intOr(node, "size", 1);
    const constant = (suffix: string, value: number): string => builder.floats(name(suffix), [], Float32Array.of(value));
    const make = (operator: string, suffix: string, inputs: readonly string[]): string => builder.node(operator, name(suffix), inputs);
    const before = Math.floor((size - 1) / 2);
    const after = size - 1 - before;

    const squares = meanOverChannels(context, make("Mul", "squares", [input, input]), { size, before, after, suffix: "squares" });
    const sum = make("Add", "sum", [
      make("Mul", "scaledSquares", [squares, constant("alpha", alpha)]),
      constant("bias", floatOr(node, "bias", 1)),
    ]);
    const power = make("Exp", "power", [make("Mul", "exponent", [make("Log", "log", [sum]), constant("beta", -beta)])]);
    const direct = make("Mul", "direct", [outputGradient, power]);
    // dy y / s = (dy / s^beta) x / s
    const shares = make("Mul", "shares", [direct, make("Div", "relative", [input, sum])]);
    const spread = meanOverChannels(context, shares, { size, before: after, after: before, suffix: "shares" });
    const indirect = make("Mul", "indirect", [make("Mul", "scaledSpread", [spread, constant("slope", 2 * alpha * beta)]), input]);
    return [make("Sub", "input", [direct, indirect])];
  },
};

function meanOverChannels(
  { node, builder, name, shape }: GradientContext,
  value: string,
  window: { size: number; before: number; after: number; suffix: string },
): string {
  const channels = channelsOf(node, shape(0));
  const [rows, columns] = imageSides(node, shape(0));
  const asRows = builder.integers(name(`${window.suffix}AsRows`), [0, 1, channels, rows * columns]);
  const asImage = builder.integers(name(`${window.suffix}AsImage`), [0, channels, rows, columns]);
  const laidOut = builder.node("Reshape", name(`${window.suffix}Rows`), [value, asRows]);
  const means = builder.node("AveragePool", name(`${window.suffix}Means`), [laidOut], {
    kernel_shape: ints([window.size, 1]),
    pads: ints([window.before, 0, window.after, 0]),
    count_include_pad: int(1),
  });
  return builder.node("Reshape", name(`${window.suffix}Image`), [means, asImage]);
}
