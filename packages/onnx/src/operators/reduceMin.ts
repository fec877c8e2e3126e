/** ReduceMin. Ties share the gradient equally. */
import { reduction, toExtremes } from "./reductions.ts";

export const reduceMinRule = reduction("ReduceMin", toExtremes);
