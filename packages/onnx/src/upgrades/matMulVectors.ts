/** MatMul with vectors: the first factor becomes a row, the second a column, and the product loses the added axes again. */
import { createNode, type Upgrade, updateNode } from "./upgrade.ts";

export const matMulVectors: Upgrade = {
  operators: ["MatMul"],
  apply({ node, shape, integers, name }) {
    const [left = "", right = ""] = node.inputs;
    const [isRow, isColumn] = [shape(0).length === 1, shape(1).length === 1];
    if (!isRow && !isColumn) return [node];
    const row = isRow ? [createNode("Unsqueeze", name("row"), [left, integers("rowAxis", [0])])] : [];
    const column = isColumn ? [createNode("Unsqueeze", name("column"), [right, integers("columnAxis", [1])])] : [];
    const product = updateNode(node, { inputs: [row[0]?.name ?? left, column[0]?.name ?? right], outputs: [name("product")] });
    const sides = integers("sides", [...(isRow ? [-2] : []), ...(isColumn ? [-1] : [])]);
    return [...row, ...column, product, { ...createNode("Squeeze", name("vector"), [name("product"), sides]), outputs: node.outputs }];
  },
};
