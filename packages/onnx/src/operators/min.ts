/** Min of any number of values. */
import { elementwiseExtreme } from "./extremes.ts";

export const minRule = elementwiseExtreme("Min");
