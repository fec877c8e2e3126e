/** Max of any number of values. */
import { elementwiseExtreme } from "./extremes.ts";

export const maxRule = elementwiseExtreme("Max");
