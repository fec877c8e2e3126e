/** ReduceMax. Ties share the gradient equally. */
import { reduction, toExtremes } from "./reductions.ts";

export const reduceMaxRule = reduction("ReduceMax", toExtremes);
