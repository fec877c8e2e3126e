/** ReduceProd, of shapes only: it has no gradient. */
import { reduction } from "./reductions.ts";

export const reduceProdRule = reduction("ReduceProd");
