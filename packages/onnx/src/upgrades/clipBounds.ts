/** Clip took its bounds as attributes before operator set 11. */
import { floatOr } from "../nodes/attributeValues.ts";
import { type Upgrade, updateNode } from "./upgrade.ts";

export const clipBounds: Upgrade = {
  operators: ["Clip"],
  apply({ node, opset, floats }) {
    if (opset >= 11) return [node];
    const bound = (name: string): string => (node.attributes.has(name) ? floats(name, [], Float32Array.of(floatOr(node, name, 0))) : "");
    return [updateNode(node, { inputs: [node.inputs[0] ?? "", bound("min"), bound("max")], drop: ["min", "max"] })];
  },
};
