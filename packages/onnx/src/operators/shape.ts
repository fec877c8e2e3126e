/** Shape: exporters compute the target of a Reshape from it. */
import { intOr } from "./attributeValues.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const shapeRule: OperatorRule = {
  operator: "Shape",
  outputType: () => "int64",
  infer({ node, shape }) {
    const dims = shape(0).slice(intOr(node, "start", 0), node.attributes.has("end") ? intOr(node, "end", 0) : undefined);
    return [{ shape: [dims.length], contents: dims }];
  },
};
