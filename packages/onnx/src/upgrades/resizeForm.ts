/** Upsample (until 9) and the Resize of set 10 placed pixels asymmetrically and rounded down; since 11 Resize says how. */
import type { Attribute } from "../graph.ts";
import { ints } from "../graphBuilder.ts";
import { textOr } from "../operators/attributeValues.ts";
import { changed, type Upgrade } from "./upgrade.ts";

const text = (value: string): Attribute => ({ kind: "string", value });

export const resizeForm: Upgrade = {
  operators: ["Upsample", "Resize"],
  apply({ node, opset, shape, constant, contents, floats, integers }) {
    const [input = "", second = "", third = "", sizes = ""] = node.inputs;
    if (node.operator === "Resize" && opset >= 11) {
      const scales = constant(2)?.data.length === 0 ? "" : third;
      if (sizes === "") return [changed(node, { inputs: [input, "", scales] })];
      // An open batch keeps its size, so it is left out of the sizes asked for.
      const wanted = contents(3);
      const axes = [...shape(0).keys()].filter((axis) => typeof shape(0)[axis] === "number");
      if (wanted === null || wanted.length !== shape(0).length || axes.length === wanted.length)
        return [changed(node, { inputs: [input, "", "", sizes] })];
      const kept = integers(
        "sizes",
        axes.map((axis) => Number(wanted[axis])),
      );
      return [changed(node, { inputs: [input, "", "", kept], set: { axes: ints(axes) } })];
    }
    const given = node.attributes.get("scales");
    const scales = given?.kind === "floats" ? floats("scales", [given.value.length], Float32Array.from(given.value)) : second;
    return [
      changed(node, {
        operator: "Resize",
        inputs: [input, "", scales],
        drop: ["scales"],
        set: {
          mode: text(textOr(node, "mode", "nearest") === "nearest" ? "nearest" : "linear"),
          coordinate_transformation_mode: text("asymmetric"),
          nearest_mode: text("floor"),
        },
      }),
    ];
  },
};
