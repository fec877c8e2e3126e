/** Elementwise Min of any number of inputs. */
import { elementwiseExtreme } from "./extremes.ts";

export const minRule = elementwiseExtreme("Min");
