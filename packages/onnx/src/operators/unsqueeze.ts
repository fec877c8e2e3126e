/** Unsqueeze: adds axes of size 1. */
import { type Dim, frontAxis } from "../shapes/shape.ts";
import { refuse } from "./refuse.ts";
import { reshaping } from "./sameValues.ts";

export const unsqueezeRule = reshaping("Unsqueeze", ({ node, shape, contents }) => {
  const axes = contents(1) ?? refuse(node, "has axes that are not constant");
  const rank = shape(0).length + axes.length;
  const added = axes.map((axis) => frontAxis(Number(axis), rank));
  const rest = [...shape(0)];
  const result = Array.from({ length: rank }, (_, axis): Dim => (added.includes(axis) ? 1 : (rest.shift() ?? 1)));
  return { shape: result, contents: contents(0) ?? undefined };
});
