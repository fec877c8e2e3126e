/**
 * A Reshape whose target holds the batch: computed from shapes as exporters do, or fixed at 1 by an export of one image. Both
 * become constants, with 0 (keep) or -1 (what is left) in the batch's place. PyTorch's newer exporter sets `allowzero`, which makes
 * a 0 in the target an empty axis instead; a target without zeros means the same without the attribute, so it is dropped.
 */
import { intOr } from "../nodes/attributeValues.ts";
import { product, quotient } from "../shapes/shape.ts";
import { changed, type Upgrade } from "./upgrade.ts";

export const reshapeTarget: Upgrade = {
  operators: ["Reshape"],
  apply({ node: given, shape, contents, integers }) {
    const target = contents(1);
    if (target === null || (target.includes(0) && intOr(given, "allowzero", 0) === 1)) return [given];
    const node = changed(given, { drop: ["allowzero"] });
    const from = shape(0);
    const rest = target.includes(-1);
    const sizes = target.map((size, axis) => (size === 0 || size === from[axis] ? (from[axis] ?? size) : size));
    const left = quotient(product(from), product(sizes.filter((size) => size !== -1)));
    const symbolicBatch = typeof from[0] === "string";
    let written: (number | string)[] = target.map((size, axis) => (typeof size === "string" && size === from[axis] ? 0 : size));
    if (symbolicBatch && target[0] === 1 && rest) written = written.with(0, 0);
    else if (symbolicBatch && target[0] === 1 && typeof left === "string") written = written.with(0, -1);
    const words = written.filter((size) => typeof size === "string").length;
    if (words === 1 && !written.includes(-1)) written = written.map((size) => (typeof size === "string" ? -1 : size));
    if (!written.every((size) => typeof size === "number")) return [node];
    if (written.every((size, axis) => size === target[axis])) return [node];
    return [changed(node, { inputs: [node.inputs[0] ?? "", integers("target", written)] })];
  },
};
