/** Split took its sizes as an attribute before operator set 13; since set 18 equal parts need `num_outputs`. */
import { int } from "../graphBuilder.ts";
import { findInts } from "../nodes/attributeValues.ts";
import { type Upgrade, updateNode } from "./upgrade.ts";

export const splitSizes: Upgrade = {
  operators: ["Split"],
  apply({ node, integers }) {
    const [input = "", sizesInput = ""] = node.inputs;
    const sizes = findInts(node, "split");
    if (sizes !== null) return [updateNode(node, { inputs: [input, integers("sizes", sizes)], drop: ["split", "num_outputs"] })];
    if (sizesInput !== "") return [node];
    return [updateNode(node, { inputs: [input], set: { num_outputs: int(node.outputs.length) } })];
  },
};
