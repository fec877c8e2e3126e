/** ReduceMin. A tie shares the gradient. */
import { reduction, toExtremes } from "./reductions.ts";

export const reduceMinRule = reduction("ReduceMin", toExtremes);
