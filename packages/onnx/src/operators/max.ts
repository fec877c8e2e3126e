/** Elementwise Max of any number of inputs. */
import { elementwiseExtreme } from "./extremes.ts";

export const maxRule = elementwiseExtreme("Max");
