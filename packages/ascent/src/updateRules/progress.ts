/**
 * The paper's rule (released code, find_fooling_image.py): a step that, to first order, raises the objective by a desired amount,
 * min(early, late x (1 - posterior)). The rate is amount / |gradient|^2, limited to a largest rate. With a late multiplier of 0 the
 * amount is always `early`, as in the visualisation toolbox for logits.
 */
import { addScaled, type UpdateRule } from "./updateRule.ts";

export const progressRule: UpdateRule = {
  memoryArrays: 0,
  apply(offset, { gradient, posterior, settings }) {
    let square = 0;
    for (const value of gradient) square += value * value;
    if (square === 0) return 0;
    const { earlyProgress, lateMultiplier, largestRate } = settings;
    const progress = lateMultiplier === 0 ? earlyProgress : Math.min(earlyProgress, lateMultiplier * (1 - posterior));
    return addScaled(offset, gradient, Math.min(largestRate, progress / square));
  },
};
