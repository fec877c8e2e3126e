/**
 * Before operator set 13, Softmax and LogSoftmax flattened their input to a matrix at `axis` (default 1) and worked on its rows. Since
 * then they work along one axis (default: the last).
 */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { frontAxis } from "../shapes/shape.ts";
import { createNode, type Upgrade, updateNode } from "./upgrade.ts";

export const softmaxAxis: Upgrade = {
  operators: ["Softmax", "LogSoftmax"],
  apply({ node, opset, shape, name }) {
    if (opset >= 13) return [node];
    const dims = shape(0);
    const axis = frontAxis(intOr(node, "axis", 1), dims.length);
    const isLast = dims.slice(axis + 1).every((size) => size === 1);
    if (isLast) return [updateNode(node, { set: { axis: int(axis) } })];
    const [input = ""] = node.inputs;
    return [
      createNode("Shape", name("shape"), [input]),
      createNode("Flatten", name("rows"), [input], { axis: int(axis) }),
      createNode(node.operator, name("alongRows"), [name("rows")], { axis: int(1) }),
      { ...createNode("Reshape", name("back"), [name("alongRows"), name("shape")]), outputs: node.outputs },
    ];
  },
};
