/**
 * Makes the padding of a ConvTranspose explicit, also where an output size is requested. The output may exceed the reach of the windows
 * by less than a stride. With strides larger than the windows, "same" padding would be negative; onnxruntime then uses no padding.
 */

import { imageSides, readWindow } from "../geometry/spatialWindow.ts";
import { ints } from "../graphBuilder.ts";
import { findInts, textOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { alongOneAxis } from "./alongOneAxis.ts";
import { type Upgrade, type UpgradeContext, updateNode } from "./upgrade.ts";

export const transposedPadding: Upgrade = {
  operators: ["ConvTranspose"],
  apply: (context) => (context.shape(1).length === 3 ? alongOneAxis(context, padImages, true) : padImages(context)),
};

function padImages({ node, shape }: UpgradeContext) {
  const plain = updateNode(node, { drop: ["auto_pad", "output_shape"] });
  const window = readWindow(plain, shape(1).slice(2));
  const kind = textOr(node, "auto_pad", "NOTSET");
  const outputShape = findInts(node, "output_shape")?.slice(-2);
  const set = {
    kernel_shape: ints(window.kernel),
    strides: ints(window.strides),
    dilations: ints(window.dilations),
    output_padding: ints(findInts(node, "output_padding") ?? [0, 0]),
  };
  if (kind === "VALID") return [updateNode(plain, { set: { ...set, pads: ints([0, 0, 0, 0]) } })];
  if (kind === "NOTSET" && outputShape === undefined)
    return [updateNode(plain, { set: { ...set, pads: ints([...window.begin, ...window.end]) } })];
  const sides = imageSides(node, shape(0));
  const extra = findInts(node, "output_padding") ?? [0, 0];
  const reached = [0, 1].map((axis) => (window.strides[axis] ?? 1) * ((sides[axis] ?? 1) - 1) + (window.extent[axis] ?? 1));
  const totals = reached.map((reach, axis) => {
    const target = outputShape?.[axis] ?? (sides[axis] ?? 1) * (window.strides[axis] ?? 1);
    return Math.max(0, reach + (extra[axis] ?? 0) - target);
  });
  const grown = reached.map((reach, axis) => {
    const target = outputShape?.[axis];
    const beyond = totals[axis] === 0 && target !== undefined ? target - reach : (extra[axis] ?? 0);
    if (beyond >= Math.max(1, window.strides[axis] ?? 1, (extra[axis] ?? 0) + 1))
      refuse(node, "has an output shape that exceeds the reach of its windows by a stride or more");
    return beyond;
  });
  const smaller = totals.map((total) => Math.floor(total / 2));
  const larger = totals.map((total) => Math.ceil(total / 2));
  const pads = kind === "SAME_UPPER" ? [...smaller, ...larger] : [...larger, ...smaller];
  return [updateNode(plain, { set: { ...set, output_padding: ints(grown), pads: ints(pads) } })];
}
