/** ReduceMax. A tie shares the gradient. */
import { reduction, toExtremes } from "./reductions.ts";

export const reduceMaxRule = reduction("ReduceMax", toExtremes);
