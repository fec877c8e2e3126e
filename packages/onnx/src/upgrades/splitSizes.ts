/** Split took its sizes as an attribute before operator set 13, and since 18 it says how many parts it makes of equal size. */
import { int } from "../graphBuilder.ts";
import { findInts } from "../nodes/attributeValues.ts";
import { changed, type Upgrade } from "./upgrade.ts";

export const splitSizes: Upgrade = {
  operators: ["Split"],
  apply({ node, integers }) {
    const [input = "", given = ""] = node.inputs;
    const sizes = findInts(node, "split");
    if (sizes !== null) return [changed(node, { inputs: [input, integers("sizes", sizes)], drop: ["split", "num_outputs"] })];
    if (given !== "") return [node];
    return [changed(node, { inputs: [input], set: { num_outputs: int(node.outputs.length) } })];
  },
};
