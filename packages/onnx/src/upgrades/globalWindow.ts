/** Rewrites a global pooling along one axis as one over images. */
import { alongOneAxis } from "./alongOneAxis.ts";
import type { Upgrade } from "./upgrade.ts";

export const globalWindow: Upgrade = {
  operators: ["GlobalAveragePool", "GlobalMaxPool"],
  apply: (context) => (context.shape(0).length === 3 ? alongOneAxis(context, ({ node }) => [node]) : [context.node]),
};
