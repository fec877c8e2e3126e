/** ReduceLogSum, the logarithm of the sum: slope 1 / sum. */
import { reduction } from "./reductions.ts";

export const reduceLogSumRule = reduction("ReduceLogSum", ({ x, y, gradient, make }) =>
  make("Expand", "input", [make("Div", "share", [gradient, make("Exp", "sum", [y])]), make("Shape", "shape", [x])]),
);
