/**
 * AveragePool without counted padding (`normalise` rewrites the other kind). Each output shares its gradient equally among the pixels of
 * its window, so the input's gradient is a sum over transposed windows: an average pooling of the zero-stuffed shares, times the number
 * of cells of a window.
 */

import {
  channelsOf,
  imageSides,
  limitStrides,
  type Pair,
  readWindow,
  type SpatialWindow,
  windowCounts,
} from "../geometry/spatialWindow.ts";
import { transposeWindow } from "../geometry/transposedWindow.ts";
import { fitSides, stuffWithZeros } from "../gradients/zeroStuffing.ts";
import { int, ints } from "../graphBuilder.ts";
import { refuse } from "../nodes/refuse.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const averagePoolRule: OperatorRule = {
  operator: "AveragePool",
  infer({ node, shape }) {
    const window = readWindow(node);
    if (window.dilations.some((value) => value !== 1)) refuse(node, "has dilated windows, which are not supported");
    return [{ shape: [...shape(0).slice(0, 2), ...windowCounts(node, shape(0), window)] }];
  },
  terms: ({ node }) => readWindow(node).kernel,
  differentiate({ node, builder, outputGradient, needsGradient, name, shape, outputShape }) {
    if (!needsGradient(0)) return [null];
    const sides = imageSides(node, shape(0));
    const counts = imageSides(node, outputShape(0));
    const window = limitStrides(readWindow(node), { sides, counts });
    const channels = channelsOf(node, shape(0));
    const shares = builder.node("Mul", name("shares"), [
      outputGradient,
      builder.floats(name("weights"), [1, 1, ...counts], shareOfEachCell(window, sides, counts)),
    ]);
    const stuffed = stuffWithZeros(builder, shares, { channels, counts, strides: window.strides, name });
    const from: Pair = [counts[0] * window.strides[0], counts[1] * window.strides[1]];
    const reach = transposeWindow(window, sides, from);
    const fitted = fitSides(builder, stuffed, { from, to: reach.sides, name });
    const gradient = builder.node("AveragePool", name("input"), [fitted], {
      kernel_shape: ints(window.kernel),
      strides: ints([1, 1]),
      pads: ints([...reach.begin, ...reach.end]),
      count_include_pad: int(1),
    });
    return [gradient];
  },
};

/** For each window, the number of its cells divided by the number of cells on the image. */
function shareOfEachCell(window: SpatialWindow, sides: Pair, counts: Pair): Float32Array {
  const inside = (axis: 0 | 1, at: number): number => {
    const first = at * window.strides[axis] - window.begin[axis];
    return Math.min(first + window.kernel[axis], sides[axis]) - Math.max(first, 0);
  };
  const cells = window.kernel[0] * window.kernel[1];
  return Float32Array.from({ length: counts[0] * counts[1] }, (_, index) => {
    const row = Math.floor(index / counts[1]);
    return cells / (inside(0, row) * inside(1, index % counts[1]));
  });
}
