/** A fixed learning rate (100 for the logit in most figures of Yosinski et al. 2015). */
import { addScaled, type UpdateRule } from "./updateRule.ts";

export const constantRule: UpdateRule = {
  memoryArrays: 0,
  apply: (offset, { gradient, settings }) => addScaled(offset, gradient, settings.stepSize),
};
