/** ReduceSum: every element takes the gradient. */
import { reduction, stretch } from "./reductions.ts";

export const reduceSumRule = reduction("ReduceSum", (reduced) => stretch(reduced, "input"));
