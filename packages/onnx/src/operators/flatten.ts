/** Flatten to a matrix: the axes before `axis` become its rows. */
import { frontAxis, product } from "../shapes/shape.ts";
import { intOr } from "./attributeValues.ts";
import { reshaping } from "./sameValues.ts";

export const flattenRule = reshaping("Flatten", ({ node, shape, contents }) => {
  const axis = frontAxis(intOr(node, "axis", 1), shape(0).length);
  return { shape: [product(shape(0).slice(0, axis)), product(shape(0).slice(axis))], contents: contents(0) ?? undefined };
});
