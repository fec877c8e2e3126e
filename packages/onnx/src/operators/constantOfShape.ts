/** ConstantOfShape: one value repeated. */
import { isSmall } from "../shapes/contents.ts";
import { product } from "../shapes/shape.ts";
import type { OperatorRule } from "./operatorRule.ts";
import { refuse } from "./refuse.ts";

export const constantOfShapeRule: OperatorRule = {
  operator: "ConstantOfShape",
  infer({ node, contents }) {
    const shape = contents(0) ?? refuse(node, "has a shape that is not constant");
    const value = node.attributes.get("value");
    const whole = value?.kind === "tensor" && (value.value.type === "int64" || value.value.type === "int32") ? value.value : null;
    if (whole === null || !isSmall(shape)) return [{ shape }];
    return [{ shape, contents: Array<number>(Number(product(shape))).fill(Number(whole.data[0] ?? 0)) }];
  },
  outputType({ node }) {
    const value = node.attributes.get("value");
    if (value?.kind !== "tensor") return "float32";
    return value.value.type === "float16" || value.value.type === "float64" ? "float32" : value.value.type;
  },
};
