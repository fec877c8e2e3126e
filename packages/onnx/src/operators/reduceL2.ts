/** ReduceL2, the length: x / y; at the origin, where it has no slope, 0. */
import { reduction } from "./reductions.ts";

export const reduceL2Rule = reduction("ReduceL2", ({ context, x, y, gradient, make }) => {
  const least = context.builder.floats(context.name("least"), [], Float32Array.of(1e-30));
  return make("Mul", "input", [x, make("Div", "share", [gradient, make("Max", "length", [y, least])])]);
});
