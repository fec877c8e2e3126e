/**
 * Before operator set 13, Softmax and LogSoftmax flattened their input to a matrix at `axis` (1 unless said otherwise) and worked on
 * its rows; since then they work along one axis, the last unless said otherwise.
 */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { frontAxis } from "../shapes/shape.ts";
import { changed, created, type Upgrade } from "./upgrade.ts";

export const softmaxAxis: Upgrade = {
  operators: ["Softmax", "LogSoftmax"],
  apply({ node, opset, shape, name }) {
    if (opset >= 13) return [node];
    const dims = shape(0);
    const axis = frontAxis(intOr(node, "axis", 1), dims.length);
    const alone = dims.slice(axis + 1).every((size) => size === 1);
    if (alone) return [changed(node, { set: { axis: int(axis) } })];
    const [input = ""] = node.inputs;
    return [
      created("Shape", name("shape"), [input]),
      created("Flatten", name("rows"), [input], { axis: int(axis) }),
      created(node.operator, name("alongRows"), [name("rows")], { axis: int(1) }),
      { ...created("Reshape", name("back"), [name("alongRows"), name("shape")]), outputs: node.outputs },
    ];
  },
};
