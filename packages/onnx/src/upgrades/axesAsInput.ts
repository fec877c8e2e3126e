/** Squeeze and Unsqueeze (13) and the reductions (13 and 18) came to take their axes as an input. */
import { findInts } from "../operators/attributeValues.ts";
import { changed, type Upgrade } from "./upgrade.ts";

const reductions = ["Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "SumSquare", "LogSum", "LogSumExp"].map((kind) => `Reduce${kind}`);

export const axesAsInput: Upgrade = {
  operators: ["Squeeze", "Unsqueeze", ...reductions],
  apply({ node, integers }) {
    const axes = findInts(node, "axes");
    if (axes === null) return [node];
    return [changed(node, { inputs: [node.inputs[0] ?? "", integers("axes", axes)], drop: ["axes"] })];
  },
};
