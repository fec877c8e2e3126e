/**
 * The paper's rule (released code, find_fooling_image.py): so long a step that, to first order, the objective rises by a wished
 * amount: min(early, late x (1 - posterior)), a rate of wish / |gradient|^2, never above a largest rate. With a late multiplier
 * of 0 the wish stays `early`, as the visualisation toolbox has it for logits.
 */
import { addScaled, type UpdateRule } from "./updateRule.ts";

export const progressRule: UpdateRule = {
  memoryArrays: 0,
  apply(offset, { gradient, posterior, settings }) {
    let square = 0;
    for (const value of gradient) square += value * value;
    if (square === 0) return 0;
    const { earlyProgress, lateMultiplier, largestRate } = settings;
    const wish = lateMultiplier === 0 ? earlyProgress : Math.min(earlyProgress, lateMultiplier * (1 - posterior));
    return addScaled(offset, gradient, Math.min(largestRate, wish / square));
  },
};
