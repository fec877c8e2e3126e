/**
 * Makes the target of a Reshape constant where it contains the batch: computed from shapes by the exporter, or fixed at 1 by an export
 * of one image. The batch becomes 0 (copy) or -1 (infer). PyTorch's newer exporter sets `allowzero`, which makes 0 an empty axis
 * instead; a target without zeros does not need the attribute, so it is dropped.
 */
import { intOr } from "../nodes/attributeValues.ts";
import { product, quotient } from "../shapes/shape.ts";
import { type Upgrade, updateNode } from "./upgrade.ts";

export const reshapeTarget: Upgrade = {
  operators: ["Reshape"],
  apply({ node: original, shape, contents, integers }) {
    const target = contents(1);
    if (target === null || (target.includes(0) && intOr(original, "allowzero", 0) === 1)) return [original];
    const node = updateNode(original, { drop: ["allowzero"] });
    const from = shape(0);
    const rest = target.includes(-1);
    const sizes = target.map((size, axis) => (size === 0 || size === from[axis] ? (from[axis] ?? size) : size));
    const left = quotient(product(from), product(sizes.filter((size) => size !== -1)));
    const symbolicBatch = typeof from[0] === "string";
    let written: (number | string)[] = target.map((size, axis) => (typeof size === "string" && size === from[axis] ? 0 : size));
    if (symbolicBatch && target[0] === 1 && rest) written = written.with(0, 0);
    else if (symbolicBatch && target[0] === 1 && typeof left === "string") written = written.with(0, -1);
    const symbolic = written.filter((size) => typeof size === "string").length;
    if (symbolic === 1 && !written.includes(-1)) written = written.map((size) => (typeof size === "string" ? -1 : size));
    if (!written.every((size) => typeof size === "number")) return [node];
    if (written.every((size, axis) => size === target[axis])) return [node];
    return [updateNode(node, { inputs: [node.inputs[0] ?? "", integers("target", written)] })];
  },
};
