/** ReduceLogSumExp: the slope is the softmax. */
import { reduction } from "./reductions.ts";

export const reduceLogSumExpRule = reduction("ReduceLogSumExp", ({ x, y, gradient, make }) =>
  make("Mul", "input", [gradient, make("Exp", "share", [make("Sub", "centred", [x, y])])]),
);
