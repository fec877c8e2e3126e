/** Reshape to sizes that are constant or follow from shapes. 0 copies a size, -1 infers it. */

import { type Dim, product, quotient } from "../shapes/shape.ts";
import { intOr } from "./attributeValues.ts";
import { refuse } from "./refuse.ts";
import { reshaping } from "./sameValues.ts";

export const reshapeRule = reshaping("Reshape", ({ node, shape, contents }) => {
  const from = shape(0);
  const requested = contents(1) ?? refuse(node, "has a target shape that is not constant");
  const keeps = intOr(node, "allowzero", 0) === 0;
  const target = requested.map((size, axis): Dim => (size === 0 && keeps ? (from[axis] ?? 0) : size));
  const [total, named] = [product(from), product(target.filter((size) => size !== -1))];
  // An empty tensor fits any other empty shape.
  const rest = total === 0 && named === 0 && !target.includes(-1) ? 1 : quotient(total, named);
  if (rest === null || (rest !== 1 && !target.includes(-1))) refuse(node, `cannot reshape ${from.join(" x ")} to ${requested.join(" x ")}`);
  return { shape: target.map((size) => (size === -1 ? (rest ?? 1) : size)), contents: contents(0) ?? undefined };
});
