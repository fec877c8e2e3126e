/** ReduceL1, the sum of magnitudes. */
import { reduction } from "./reductions.ts";

export const reduceL1Rule = reduction("ReduceL1", ({ x, gradient, make }) => make("Mul", "input", [gradient, make("Sign", "sign", [x])]));
