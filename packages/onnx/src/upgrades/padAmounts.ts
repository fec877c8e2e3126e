/** Pad took its amounts and its value as attributes before operator set 11. */
import { findInts, floatOr } from "../operators/attributeValues.ts";
import { changed, type Upgrade } from "./upgrade.ts";

export const padAmounts: Upgrade = {
  operators: ["Pad"],
  apply({ node, opset, integers, floats }) {
    if (opset >= 11) return [node];
    const value = floatOr(node, "value", 0);
    const inputs = [node.inputs[0] ?? "", integers("pads", findInts(node, "pads") ?? [])];
    if (value !== 0) inputs.push(floats("value", [], Float32Array.of(value)));
    return [changed(node, { inputs, drop: ["pads", "value"] })];
  },
};
