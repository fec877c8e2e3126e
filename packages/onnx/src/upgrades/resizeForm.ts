/** Upsample (until 9) and the Resize of set 10 placed pixels asymmetrically and rounded down; since 11 Resize says how. */
import type { Attribute } from "../graph.ts";
import { textOr } from "../operators/attributeValues.ts";
import { changed, type Upgrade } from "./upgrade.ts";

const text = (value: string): Attribute => ({ kind: "string", value });

export const resizeForm: Upgrade = {
  operators: ["Upsample", "Resize"],
  apply({ node, opset, constant, floats }) {
    const [input = "", second = "", third = "", sizes = ""] = node.inputs;
    if (node.operator === "Resize" && opset >= 11) {
      const scales = constant(2)?.data.length === 0 ? "" : third;
      return [changed(node, { inputs: sizes === "" ? [input, "", scales] : [input, "", "", sizes] })];
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
