/** ConstantOfShape: one value, repeated. */
import type { Dim } from "../shapes/shape.ts";
import type { OperatorRule } from "./operatorRule.ts";
import { refuse } from "./refuse.ts";

export const constantOfShapeRule: OperatorRule = {
  operator: "ConstantOfShape",
  infer({ node, contents }) {
    const shape: readonly Dim[] = contents(0) ?? refuse(node, "has a shape that is not constant");
    const value = node.attributes.get("value");
    const [count] = shape;
    const integer = value?.kind === "tensor" && value.value.type === "int64" ? Number(value.value.data[0] ?? 0n) : null;
    const known = integer !== null && shape.length <= 1 && (typeof count === "number" || shape.length === 0) && Number(count ?? 1) <= 64;
    return [{ shape, contents: known ? Array.from({ length: Number(count ?? 1) }, () => integer ?? 0) : undefined, wholeType: "int64" }];
  },
};
