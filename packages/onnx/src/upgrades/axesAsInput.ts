/**
 * Squeeze and Unsqueeze take their axes as an input since operator set 13. A Squeeze without axes removes every axis of size 1, and so
 * would remove a batch of one image: here it names the axes of fixed size 1.
 */
import { findInts } from "../nodes/attributeValues.ts";
import { type Upgrade, type UpgradeContext, updateNode } from "./upgrade.ts";

export const axesAsInput: Upgrade = {
  operators: ["Squeeze", "Unsqueeze"],
  apply(context) {
    const { node, integers } = context;
    const [input = "", axesInput = ""] = node.inputs;
    const axes = findInts(node, "axes") ?? (node.operator === "Squeeze" && axesInput === "" ? sizesOfOne(context) : null);
    if (axes === null) return [node];
    if (axes.length === 0 && node.operator === "Squeeze")
      return [updateNode(node, { operator: "Identity", inputs: [input], drop: ["axes"] })];
    return [updateNode(node, { inputs: [input, integers("axes", axes)], drop: ["axes"] })];
  },
};

/** Axes of size 1 for any batch size. */
function sizesOfOne({ shape }: UpgradeContext): readonly number[] {
  return [...shape(0).entries()].flatMap(([axis, size]) => (size === 1 ? [axis] : []));
}
