/** ReduceSumSquare: slope 2 x. */
import { reduction } from "./reductions.ts";

export const reduceSumSquareRule = reduction("ReduceSumSquare", ({ context, x, gradient, make }) =>
  make("Mul", "input", [x, make("Mul", "twice", [gradient, context.builder.floats(context.name("two"), [], Float32Array.of(2))])]),
);
