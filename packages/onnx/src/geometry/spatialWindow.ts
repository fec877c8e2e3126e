/** The window of a convolution or pooling over rows and columns in canonical form: explicit, two-dimensional padding. */
import type { GraphNode } from "../graph.ts";
import { findInts } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { Dim, Shape } from "../shapes/shape.ts";

export type Pair = readonly [number, number];

export interface SpatialWindow {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly begin: Pair;
  readonly end: Pair;
  /** Rows and columns of the dilated window. */
  readonly extent: Pair;
}

/** `kernel` is the kernel shape of the weights. Default: the attribute. */
export function readWindow(node: GraphNode, kernel?: Shape): SpatialWindow {
  const size = pair(node, kernel ?? findInts(node, "kernel_shape") ?? []);
  const strides = pair(node, findInts(node, "strides") ?? [1, 1]);
  const dilations = pair(node, findInts(node, "dilations") ?? [1, 1]);
  const pads = findInts(node, "pads") ?? [0, 0, 0, 0];
  if (pads.length !== 4) refuse(node, "does not slide over rows and columns, which is the only form supported");
  if ([...size, ...strides, ...dilations].some((value) => !(value >= 1))) refuse(node, "has a window, stride or dilation of less than 1");
  return {
    kernel: size,
    strides,
    dilations,
    begin: pair(node, pads.slice(0, 2)),
    end: pair(node, pads.slice(2)),
    extent: [(size[0] - 1) * dilations[0] + 1, (size[1] - 1) * dilations[1] + 1],
  };
}

function pair(node: GraphNode, values: Shape): Pair {
  const [rows, columns] = values;
  if (values.length !== 2 || typeof rows !== "number" || typeof columns !== "number")
    refuse(node, "does not slide over rows and columns, which is the only form supported");
  return [rows as number, columns as number];
}

/** Rows and columns of an image. */
export function imageSides(node: GraphNode, shape: Shape): Pair {
  const [rows, columns] = shape.slice(2);
  if (shape.length !== 4 || typeof rows !== "number" || typeof columns !== "number")
    refuse(node, "needs an image (N x channels x height x width) of known size");
  return [rows as number, columns as number];
}

/** Number of windows along rows and columns. */
export function windowCounts(node: GraphNode, input: Shape, window: SpatialWindow): Pair {
  const sides = imageSides(node, input);
  const count = (axis: 0 | 1): number =>
    Math.floor((sides[axis] + window.begin[axis] + window.end[axis] - window.extent[axis]) / window.strides[axis]) + 1;
  const counts: Pair = [count(0), count(1)];
  if (counts.some((value) => value < 1)) refuse(node, "has a window larger than its input");
  return counts;
}

/** The same window with strides limited to the input size where only one window fits: a file may name any stride there. */
export function limitStrides(window: SpatialWindow, { sides, counts }: { sides: Pair; counts: Pair }): SpatialWindow {
  const stride = (axis: 0 | 1): number => (counts[axis] === 1 ? Math.min(window.strides[axis], sides[axis]) : window.strides[axis]);
  return { ...window, strides: [stride(0), stride(1)] };
}

export function channelsOf(node: GraphNode, shape: Shape): number {
  const channels: Dim | undefined = shape[1];
  if (typeof channels !== "number") refuse(node, "needs a known number of channels");
  return channels as number;
}
