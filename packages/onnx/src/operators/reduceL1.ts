/** ReduceL1, the sum of absolute values: slope sign(x). */
import { reduction } from "./reductions.ts";

export const reduceL1Rule = reduction("ReduceL1", ({ x, gradient, make }) => make("Mul", "input", [gradient, make("Sign", "sign", [x])]));
