/** Slice took its bounds as attributes before operator set 10. */
import { findInts } from "../operators/attributeValues.ts";
import { changed, type Upgrade } from "./upgrade.ts";

export const sliceBounds: Upgrade = {
  operators: ["Slice"],
  apply({ node, opset, integers }) {
    if (opset >= 10) return [node];
    const starts = findInts(node, "starts") ?? [];
    const axes = findInts(node, "axes") ?? [...starts.keys()];
    const inputs = [
      node.inputs[0] ?? "",
      integers("starts", starts),
      integers("ends", findInts(node, "ends") ?? []),
      integers("axes", axes),
    ];
    return [changed(node, { inputs, drop: ["starts", "ends", "axes"] })];
  },
};
