/**
 * Cast. A normalised graph only has 32-bit floats, so a cast to float passes the gradient through. Integers and booleans have no
 * gradient.
 */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { elementTypeOf } from "../proto/elementTypes.ts";
import { ElementType } from "../proto/fieldNumbers.ts";
import type { Dim } from "../shapes/shape.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const castRule: OperatorRule = {
  operator: "Cast",
  infer({ node, shape, contents }) {
    const to = elementTypeOf(intOr(node, "to", 0));
    const values = contents(0);
    // Only integers are folded, and only if an int32 holds them.
    const isFolded = to === "int64" || (to === "int32" && values?.every(fitsInt32) === true);
    return [{ shape: shape(0), contents: isFolded ? (values ?? undefined) : undefined }];
  },
  outputType: ({ node }) => elementTypeOf(intOr(node, "to", 0)),
  differentiate: ({ builder, outputGradient, needsGradient, name }) => {
    if (!needsGradient(0)) return [null];
    return [builder.node("Cast", name("input"), [outputGradient], { to: int(ElementType.float32) })];
  },
};

/** Whether an int32 holds this size. Symbolic sizes are assumed to fit. */
function fitsInt32(value: Dim): boolean {
  return typeof value === "string" || value === (value | 0);
}
