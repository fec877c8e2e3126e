/** Squeeze: removes axes of size 1. */
import { frontAxis } from "../shapes/shape.ts";
import { reshaping } from "./sameValues.ts";

export const squeezeRule = reshaping("Squeeze", ({ shape, contents }) => {
  const from = shape(0);
  const axes = contents(1)?.map((axis) => frontAxis(Number(axis), from.length));
  const remaining = from.filter((size, axis) => (axes === undefined ? size !== 1 : !axes.includes(axis)));
  return { shape: remaining, contents: contents(0) ?? undefined };
});
