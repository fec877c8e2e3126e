/** ConvTranspose with its padding written out, also where it was asked for an output of a certain size. */
import { ints } from "../graphBuilder.ts";
import { findInts, textOr } from "../operators/attributeValues.ts";
import { refuse } from "../operators/refuse.ts";
import { imageSides, readWindow } from "../operators/spatialWindow.ts";
import { changed, type Upgrade } from "./upgrade.ts";

export const transposedPadding: Upgrade = {
  operators: ["ConvTranspose"],
  apply({ node, shape }) {
    const plain = changed(node, { drop: ["auto_pad", "output_shape"] });
    const window = readWindow(plain, shape(1).slice(2));
    const kind = textOr(node, "auto_pad", "NOTSET");
    const wanted = findInts(node, "output_shape")?.slice(-2);
    const set = {
      kernel_shape: ints(window.kernel),
      strides: ints(window.strides),
      dilations: ints(window.dilations),
      output_padding: ints(findInts(node, "output_padding") ?? [0, 0]),
    };
    if (kind === "VALID") return [changed(plain, { set: { ...set, pads: ints([0, 0, 0, 0]) } })];
    if (kind === "NOTSET" && wanted === undefined)
      return [changed(plain, { set: { ...set, pads: ints([...window.begin, ...window.end]) } })];
    const sides = imageSides(node, shape(0));
    const extra = findInts(node, "output_padding") ?? [0, 0];
    const totals = [0, 1].map((axis) => {
      const [stride, side] = [window.strides[axis] ?? 1, sides[axis] ?? 1];
      const target = wanted?.[axis] ?? side * stride;
      const total = stride * (side - 1) + (extra[axis] ?? 0) + (window.extent[axis] ?? 1) - target;
      if (total < 0) refuse(node, "is asked for an output larger than its windows reach, which is not supported");
      return total;
    });
    const smaller = totals.map((total) => Math.floor(total / 2));
    const larger = totals.map((total) => Math.ceil(total / 2));
    const pads = kind === "SAME_UPPER" ? [...smaller, ...larger] : [...larger, ...smaller];
    return [changed(plain, { set: { ...set, pads: ints(pads) } })];
  },
};
