/**
 * Cast. A normalised graph computes in 32-bit floats throughout, so a cast to floats passes its gradient on. Whole numbers and truth
 * values do not change smoothly: through them nothing flows back.
 */
import { int } from "../graphBuilder.ts";
import { ElementType } from "../proto/fieldNumbers.ts";
import { intOr } from "./attributeValues.ts";
import type { OperatorRule } from "./operatorRule.ts";

const wholeNumbers: readonly number[] = [ElementType.int64, ElementType.int32];

export const castRule: OperatorRule = {
  operator: "Cast",
  infer: ({ node, shape, contents }) => [
    // Sizes that become floats are no sizes any more.
    { shape: shape(0), contents: wholeNumbers.includes(intOr(node, "to", 0)) ? (contents(0) ?? undefined) : undefined },
  ],
  differentiate: ({ node, builder, outputGradient, wants, name }) => {
    if (!wants(0) || intOr(node, "to", 0) !== ElementType.float32) return [null];
    return [builder.node("Cast", name("input"), [outputGradient], { to: int(ElementType.float32) })];
  },
};
