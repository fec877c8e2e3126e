/**
 * Cast. A normalised graph computes in 32-bit floats throughout, so a cast to floats passes its gradient on. Whole numbers and truth
 * values do not change smoothly: through them nothing flows back.
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
    // Sizes that become floats are no sizes any more, and what 32 bits do not hold becomes something else.
    const isKept = to === "int64" || (to === "int32" && values?.every(fitsInt32) === true);
    return [{ shape: shape(0), contents: isKept ? (values ?? undefined) : undefined }];
  },
  outputType: ({ node }) => elementTypeOf(intOr(node, "to", 0)),
  differentiate: ({ builder, outputGradient, wants, name }) => {
    if (!wants(0)) return [null];
    return [builder.node("Cast", name("input"), [outputGradient], { to: int(ElementType.float32) })];
  },
};

/** A size that is known only when the graph runs is small enough. */
function fitsInt32(value: Dim): boolean {
  return typeof value === "string" || value === (value | 0);
}
