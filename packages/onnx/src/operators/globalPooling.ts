/** Output shape of a global pooling: one value per channel. */
import type { InferenceContext, Inferred } from "./operatorRule.ts";
import { imageSides } from "./spatialWindow.ts";

export function inferGlobalPool({ node, shape }: InferenceContext): Inferred[] {
  imageSides(node, shape(0));
  return [{ shape: [...shape(0).slice(0, 2), 1, 1] }];
}
