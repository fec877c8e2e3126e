/** ReduceMean: gradient / count. */
import { product } from "../shapes/shape.ts";
import { reduction, stretch } from "./reductions.ts";
import { refuse } from "./refuse.ts";

export const reduceMeanRule = reduction("ReduceMean", (reduced) => {
  const { context, axes, make } = reduced;
  const { builder, name, node, shape } = context;
  const count = product(axes.map((axis) => shape(0)[axis] ?? 1));
  if (typeof count !== "number") return refuse(node, "averages over an axis of unknown size: its gradient is not supported");
  return make("Mul", "input", [stretch(reduced, "stretched"), builder.floats(name("share"), [], Float32Array.of(1 / count))]);
});
