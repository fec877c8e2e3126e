/**
 * Writes kernel, strides, dilations and padding of sliding windows explicitly. "Same" padding follows from the input size. A pooling's
 * ceil mode becomes extra padding at the end, which a pooling does not count. An AveragePool that counts its padding becomes a Pad and
 * an AveragePool. A dilated MaxPool with padding as large as its kernel, which onnxruntime does not allow, becomes a Pad and a MaxPool.
 * The indices output of a MaxPool is dropped if it is unused.
 */

import { imageSides, type Pair, readWindow, type SpatialWindow } from "../geometry/spatialWindow.ts";
import type { Attribute, GraphNode } from "../graph.ts";
import { ints } from "../graphBuilder.ts";
import { findInts, intOr, textOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { Shape } from "../shapes/shape.ts";
import { alongOneAxis } from "./alongOneAxis.ts";
import { dilatedAverage } from "./dilatedAverage.ts";
import { createNode, type Upgrade, type UpgradeContext, updateNode } from "./upgrade.ts";

/** The lowest float32, which is never a maximum of real values. */
const lowest = -3.4028234663852886e38;
const replaced = ["auto_pad", "ceil_mode", "count_include_pad", "output_shape", "storage_order"];

export const explicitPadding: Upgrade = {
  operators: ["Conv", "MaxPool", "AveragePool"],
  apply({ node: original, ...rest }) {
    const indices = original.outputs[1] ?? "";
    const isUnused = original.operator === "MaxPool" && (indices === "" || !rest.isUsed(indices));
    const context = {
      ...rest,
      node: isUnused ? updateNode(original, { outputs: original.outputs.slice(0, 1), drop: ["storage_order"] }) : original,
    };
    return findKernel(context)?.length === 1 ? alongOneAxis(context, padImages, original.operator === "Conv") : padImages(context);
  },
};

/** A convolution without the attribute takes the kernel shape from its weights. */
function findKernel({ node, shape }: UpgradeContext): Shape | undefined {
  return findInts(node, "kernel_shape") ?? (node.operator === "Conv" ? shape(1).slice(2) : undefined);
}

function padImages(context: UpgradeContext): readonly GraphNode[] {
  const { node, integers, name } = context;
  const window = readWindow(updateNode(node, { drop: ["pads"] }), findKernel(context));
  const { kernel, strides, dilations } = window;
  if (intOr(node, "storage_order", 0) !== 0) refuse(node, "returns column-major indices, which is not supported");
  const { begin, end } = explicitPads(context, window);
  const ceil = node.operator !== "Conv" && intOr(node, "ceil_mode", 0) === 1;
  const beyond = ceil ? ceilPadding(context, window, { begin, end }) : [0, 0];
  const counted =
    node.operator === "AveragePool" && intOr(node, "count_include_pad", 0) === 1 && [...begin, ...end].some((size) => size > 0);
  const set = {
    kernel_shape: ints(kernel),
    strides: ints(strides),
    ...(node.operator === "AveragePool" ? {} : { dilations: ints(dilations) }),
  };
  const reach: Pair = [end[0] + (beyond[0] ?? 0), end[1] + (beyond[1] ?? 0)];
  if (node.operator === "AveragePool" && dilations.some((value) => value !== 1)) {
    const padding = counted ? { begin, end } : { begin: [0, 0] as const, end: [0, 0] as const };
    return dilatedAverage(context, { window: { ...window, begin, end: reach }, counted: padding });
  }
  if (node.operator === "MaxPool" && exceedsKernel([...begin, ...reach], window))
    return padThenPool(context, { ...set, pads: ints([0, 0, 0, 0]) }, [0, 0, ...begin, 0, 0, ...reach]);
  const pads = ints(counted ? [0, 0, ...beyond] : [...begin, ...reach]);
  const drop = node.operator === "AveragePool" ? [...replaced, "dilations"] : replaced;
  if (!counted) return [updateNode(node, { set: { ...set, pads }, drop })];
  const padded = createNode("Pad", name("padded"), [node.inputs[0] ?? "", integers("pads", [0, 0, ...begin, 0, 0, ...end])]);
  return [padded, updateNode(node, { inputs: [padded.name], set: { ...set, pads }, drop })];
}

/**
 * Whether the padding is at least as large as the kernel but smaller than the dilated window. Larger padding would give windows of
 * padding alone.
 */
function exceedsKernel(pads: readonly number[], { kernel, extent }: SpatialWindow): boolean {
  const beyond = (size: number, index: number, sides: Pair): boolean => size >= (sides[index % 2] ?? 1);
  return pads.some((size, index) => beyond(size, index, kernel)) && !pads.some((size, index) => beyond(size, index, extent));
}

/** A MaxPool over an image padded explicitly with a value that is never the maximum. */
function padThenPool({ node, integers, floats, name }: UpgradeContext, set: Readonly<Record<string, Attribute>>, pads: readonly number[]) {
  if ((node.outputs[1] ?? "") !== "")
    refuse(node, "returns the indices of its maxima with padding at least as large as its kernel, which is not supported");
  const inputs = [node.inputs[0] ?? "", integers("pads", pads), floats("lowest", [], Float32Array.of(lowest))];
  const padded = createNode("Pad", name("padded"), inputs);
  return [padded, updateNode(node, { inputs: [padded.name], set, drop: replaced })];
}

function explicitPads({ node, shape }: UpgradeContext, { extent, strides }: SpatialWindow): { begin: Pair; end: Pair } {
  const kind = textOr(node, "auto_pad", "NOTSET");
  const pads = findInts(node, "pads") ?? [0, 0, 0, 0];
  if (pads.length !== 4) refuse(node, "is padded along axes other than rows and columns");
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  if (kind === "NOTSET") return { begin: [top, left], end: [bottom, right] };
  if (kind === "VALID") return { begin: [0, 0], end: [0, 0] };
  if (kind !== "SAME_UPPER" && kind !== "SAME_LOWER") refuse(node, `pads by "${kind}", which is not supported`);
  const sides = imageSides(node, shape(0));
  const total = (axis: 0 | 1): number =>
    Math.max((Math.ceil(sides[axis] / strides[axis]) - 1) * strides[axis] + extent[axis] - sides[axis], 0);
  const smaller: Pair = [Math.floor(total(0) / 2), Math.floor(total(1) / 2)];
  const larger: Pair = [Math.ceil(total(0) / 2), Math.ceil(total(1) / 2)];
  return kind === "SAME_UPPER" ? { begin: smaller, end: larger } : { begin: larger, end: smaller };
}

/** Extra padding at the end in ceil mode, so that the last window fits. It must start on the image or in the padding before it. */
function ceilPadding(
  { node, shape }: { node: GraphNode; shape: UpgradeContext["shape"] },
  { extent, strides }: SpatialWindow,
  { begin, end }: { begin: readonly number[]; end: readonly number[] },
): readonly number[] {
  const sides: Pair = imageSides(node, shape(0));
  return sides.map((side, axis) => {
    const [stride, size, before, after] = [strides[axis] ?? 1, extent[axis] ?? 1, begin[axis] ?? 0, end[axis] ?? 0];
    let count = Math.ceil((side + before + after - size) / stride) + 1;
    if ((count - 1) * stride >= side + before) count--;
    return Math.max((count - 1) * stride + size - side - before - after, 0);
  });
}
