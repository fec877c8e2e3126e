/** Gather by a constant table of positions is Gather by its list, laid out as the table afterwards. */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { frontAxis } from "../shapes/shape.ts";
import { changed, created, type Upgrade } from "./upgrade.ts";

export const gatherTable: Upgrade = {
  operators: ["Gather"],
  apply({ node, shape, constant, integers, name }) {
    const table = constant(1);
    if (table === null || table.dims.length < 2) return [node];
    if (table.data.length === 0) refuse(node, "picks nothing");
    const dims = shape(0);
    const axis = frontAxis(intOr(node, "axis", 0), dims.length);
    const after = dims.slice(axis + 1);
    if (after.filter((size) => typeof size !== "number").length > 1)
      refuse(node, "picks by a table along an axis with several sizes behind it that are unknown before it runs");
    const list = integers("list", Array.from(table.data as ArrayLike<number | bigint>, Number));
    const picked = created("Gather", name("picked"), [node.inputs[0] ?? "", list], { axis: int(axis) });
    const sizes = [...dims.slice(0, axis).map(() => 0), ...table.dims, ...after.map((size) => (typeof size === "number" ? size : -1))];
    return [picked, changed(node, { operator: "Reshape", inputs: [picked.name, integers("sizes", sizes)], drop: ["axis"] })];
  },
};
