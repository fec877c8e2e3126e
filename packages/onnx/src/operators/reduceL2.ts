/** ReduceL2, the Euclidean length: slope x / y, and 0 at the origin, where none is defined. */
import { reduction } from "./reductions.ts";

export const reduceL2Rule = reduction("ReduceL2", ({ context, x, y, gradient, make }) => {
  const least = context.builder.floats(context.name("least"), [], Float32Array.of(1e-30));
  return make("Mul", "input", [x, make("Div", "share", [gradient, make("Max", "length", [y, least])])]);
});
