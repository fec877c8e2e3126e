/** Replaces operators with their inference form: Dropout keeps every value, BatchNormalization uses stored statistics. */
import type { Attribute, GraphNode } from "../graph.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { createNode, scalarOf, type Upgrade, type UpgradeContext, updateNode } from "./upgrade.ts";

export const dropoutAsIdentity: Upgrade = {
  operators: ["Dropout"],
  apply(context) {
    const { node, constant, isUsed } = context;
    if (scalarOf(constant(2)) === 1) refuse(node, "is in training mode");
    const [output = "", mask = ""] = node.outputs;
    const passed = { ...createNode("Identity", node.name, node.inputs.slice(0, 1)), outputs: [output] };
    return mask !== "" && isUsed(mask) ? [passed, ...fullMask(context, mask)] : [passed];
  },
};

/** A mask of true values. Operator sets before 12 do not define it. */
function fullMask({ node, opset, name }: UpgradeContext, mask: string): readonly GraphNode[] {
  if (opset < 12)
    refuse(
      node,
      `returns a mask that the network uses, and operator set ${opset} does not define its values; export the network with set 12 or later`,
    );
  const value: Attribute = { kind: "tensor", value: { name: "", dims: [1], type: "bool", data: Uint8Array.of(1) } };
  const shape = createNode("Shape", name("shape"), node.inputs.slice(0, 1));
  return [shape, { ...createNode("ConstantOfShape", name("mask"), [shape.name], { value }), outputs: [mask] }];
}

export const storedStatistics: Upgrade = {
  operators: ["BatchNormalization"],
  apply({ node }) {
    if (intOr(node, "training_mode", 0) === 1) refuse(node, "is in training mode");
    if (intOr(node, "spatial", 1) === 0) refuse(node, "normalises each pixel by itself, which is not supported");
    return [updateNode(node, { outputs: node.outputs.slice(0, 1), drop: ["spatial", "is_test", "momentum", "training_mode"] })];
  },
};

/** Training here adds its own loss after normalising, so a loss node always comes from the file. */
export const noLoss: Upgrade = {
  operators: ["SoftmaxCrossEntropyLoss"],
  apply: ({ node }) => refuse(node, "is a training loss; export the network without it"),
};
