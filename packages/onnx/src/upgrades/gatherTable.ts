/** Rewrites a Gather with a constant multi-dimensional table of indices as a Gather with the flat list and a Reshape. */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { frontAxis } from "../shapes/shape.ts";
import { createNode, type Upgrade, updateNode } from "./upgrade.ts";

export const gatherTable: Upgrade = {
  operators: ["Gather"],
  apply({ node, shape, constant, integers, name }) {
    const table = constant(1);
    if (table === null || table.dims.length < 2) return [node];
    if (table.data.length === 0) refuse(node, "has an empty table of indices");
    const dims = shape(0);
    const axis = frontAxis(intOr(node, "axis", 0), dims.length);
    const after = dims.slice(axis + 1);
    if (after.filter((size) => typeof size !== "number").length > 1)
      refuse(node, "gathers with a table along an axis before several axes of unknown size");
    const list = integers("list", Array.from(table.data as ArrayLike<number | bigint>, Number));
    const picked = createNode("Gather", name("picked"), [node.inputs[0] ?? "", list], { axis: int(axis) });
    const sizes = [...dims.slice(0, axis).map(() => 0), ...table.dims, ...after.map((size) => (typeof size === "number" ? size : -1))];
    return [picked, updateNode(node, { operator: "Reshape", inputs: [picked.name, integers("sizes", sizes)], drop: ["axis"] })];
  },
};
