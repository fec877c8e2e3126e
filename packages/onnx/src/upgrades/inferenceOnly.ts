/** What differs between training and use, as it is in use: Dropout passes on, BatchNormalization has its stored statistics. */
import { intOr } from "../operators/attributeValues.ts";
import { refuse } from "../operators/refuse.ts";
import { changed, created, scalarOf, type Upgrade } from "./upgrade.ts";

export const dropoutAsIdentity: Upgrade = {
  operators: ["Dropout"],
  apply({ node, constant }) {
    if (scalarOf(constant(2)) === 1) refuse(node, "is in training mode");
    const [output = ""] = node.outputs;
    return [{ ...created("Identity", node.name, node.inputs.slice(0, 1)), outputs: [output] }];
  },
};

export const storedStatistics: Upgrade = {
  operators: ["BatchNormalization"],
  apply({ node }) {
    if (intOr(node, "training_mode", 0) === 1) refuse(node, "is in training mode");
    if (intOr(node, "spatial", 1) === 0) refuse(node, "normalises each pixel by itself, which is not supported");
    return [changed(node, { outputs: node.outputs.slice(0, 1), drop: ["spatial", "is_test", "momentum", "training_mode"] })];
  },
};
