/** Pad took its amounts and its value as attributes before operator set 11. */
import { findInts, floatOr, textOr } from "../nodes/attributeValues.ts";
import { cutAndRepeat, findAmounts } from "./repeatedBorder.ts";
import { type Upgrade, updateNode } from "./upgrade.ts";

export const padAmounts: Upgrade = {
  operators: ["Pad"],
  apply(context) {
    const { node, opset, integers, floats } = context;
    const amounts = findAmounts(context);
    const mode = textOr(node, "mode", "constant");
    if (amounts !== null && mode !== "constant" && (mode === "wrap" || amounts.flat().some((amount) => amount < 0)))
      return cutAndRepeat(context, amounts, mode);
    if (opset >= 11) return [node];
    const value = floatOr(node, "value", 0);
    const inputs = [node.inputs[0] ?? "", integers("pads", findInts(node, "pads") ?? [])];
    if (value !== 0) inputs.push(floats("value", [], Float32Array.of(value)));
    return [updateNode(node, { inputs, drop: ["pads", "value"] })];
  },
};
