/**
 * Squeeze and Unsqueeze came to take their axes as an input with operator set 13. A Squeeze that names none takes every size of 1, and so
 * would take a batch of one image: here it names those that its input's shape shows.
 */
import { findInts } from "../nodes/attributeValues.ts";
import { changed, type Upgrade, type UpgradeContext } from "./upgrade.ts";

export const axesAsInput: Upgrade = {
  operators: ["Squeeze", "Unsqueeze"],
  apply(context) {
    const { node, integers } = context;
    const [input = "", given = ""] = node.inputs;
    const axes = findInts(node, "axes") ?? (node.operator === "Squeeze" && given === "" ? sizesOfOne(context) : null);
    if (axes === null) return [node];
    if (axes.length === 0 && node.operator === "Squeeze") return [changed(node, { operator: "Identity", inputs: [input], drop: ["axes"] })];
    return [changed(node, { inputs: [input, integers("axes", axes)], drop: ["axes"] })];
  },
};

/** The axes whose size is 1 for any batch. */
function sizesOfOne({ shape }: UpgradeContext): readonly number[] {
  return [...shape(0).entries()].flatMap(([axis, size]) => (size === 1 ? [axis] : []));
}
