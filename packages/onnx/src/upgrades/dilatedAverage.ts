/**
 * Dilated AveragePool, which operator set 18 does not have: a depthwise convolution with equal weights. Where a window covers fewer
 * pixels than it has cells, the result is scaled by cells / pixels.
 */

import { channelsOf, imageSides, type Pair, type SpatialWindow, windowCounts } from "../geometry/spatialWindow.ts";
import type { GraphNode } from "../graph.ts";
import { int, ints } from "../graphBuilder.ts";
import { maxTensorElements } from "../maxTensorElements.ts";
import { refuse } from "../nodes/refuse.ts";
import { createNode, type UpgradeContext, updateNode } from "./upgrade.ts";

export interface DilatedAverage {
  /** The window with all of its padding. */
  readonly window: SpatialWindow;
  /** Padding pixels at each end that count as zeros. */
  readonly counted: { readonly begin: Pair; readonly end: Pair };
}

export function dilatedAverage(context: UpgradeContext, { window, counted }: DilatedAverage): readonly GraphNode[] {
  const { node, shape, floats, name } = context;
  const { kernel, strides, dilations, begin, end } = window;
  const channels = channelsOf(node, shape(0));
  const sides = imageSides(node, shape(0));
  const outputs = windowCounts(node, shape(0), window);
  const cells = kernel[0] * kernel[1];
  const stored = [channels * cells, outputs[0] * outputs[1], outputs[0] * kernel[0], outputs[1] * kernel[1]];
  if (stored.some((count) => count > maxTensorElements)) refuse(node, "has dilated windows that are too large");
  const equal = floats("equal", [channels, 1, ...kernel], new Float32Array(channels * cells).fill(1 / cells));
  const convolution = createNode("Conv", name("means"), [node.inputs[0] ?? "", equal], {
    group: int(channels),
    kernel_shape: ints(kernel),
    strides: ints(strides),
    dilations: ints(dilations),
    pads: ints([...begin, ...end]),
  });
  const along = (axis: 0 | 1): readonly number[] =>
    Array.from({ length: outputs[axis] }, (_, place) => {
      const first = place * strides[axis] - begin[axis];
      const pixels = Array.from({ length: kernel[axis] }, (__, cell) => first + cell * dilations[axis]);
      const inside = pixels.filter((at) => at >= -counted.begin[axis] && at < sides[axis] + counted.end[axis]);
      // The mean of a window over padding alone is 0.
      return kernel[axis] / Math.max(inside.length, 1);
    });
  const columns = along(1);
  const proportions = along(0).flatMap((row) => columns.map((column) => row * column));
  if (proportions.every((proportion) => proportion === 1)) return [updateNode(convolution, { outputs: node.outputs })];
  const stretched = floats("proportions", outputs, Float32Array.from(proportions));
  return [convolution, { ...createNode("Mul", name("mean"), [convolution.name, stretched]), outputs: node.outputs }];
}
