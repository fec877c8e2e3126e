/** MatMul with a vector: the first factor is a row and the second one a column, whose side of 1 the product loses again. */
import { changed, created, type Upgrade } from "./upgrade.ts";

export const matMulVectors: Upgrade = {
  operators: ["MatMul"],
  apply({ node, shape, integers, name }) {
    const [left = "", right = ""] = node.inputs;
    const [isRow, isColumn] = [shape(0).length === 1, shape(1).length === 1];
    if (!isRow && !isColumn) return [node];
    const row = isRow ? [created("Unsqueeze", name("row"), [left, integers("rowAxis", [0])])] : [];
    const column = isColumn ? [created("Unsqueeze", name("column"), [right, integers("columnAxis", [1])])] : [];
    const product = changed(node, { inputs: [row[0]?.name ?? left, column[0]?.name ?? right], outputs: [name("product")] });
    const sides = integers("sides", [...(isRow ? [-2] : []), ...(isColumn ? [-1] : [])]);
    return [...row, ...column, product, { ...created("Squeeze", name("vector"), [name("product"), sides]), outputs: node.outputs }];
  },
};
