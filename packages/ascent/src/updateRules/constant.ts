/** A fixed learning rate (most figures of Yosinski et al. 2015: 100, of the logit). */
import { addScaled, type UpdateRule } from "./updateRule.ts";

export const constantRule: UpdateRule = {
  memoryArrays: 0,
  apply: (offset, { gradient, settings }) => addScaled(offset, gradient, settings.stepSize),
};
