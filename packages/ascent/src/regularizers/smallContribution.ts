/**
 * Sets pixels of small contribution to the mean. To first order, setting a pixel to the mean changes the objective by
 * -sum over channels of offset x gradient (released code: px_benefit). Its absolute value is the pixel's contribution. The paper's
 * search space also has the signed variant, "benefit", which its authors later dropped.
 */
import { clearBelow } from "./percentile.ts";
import type { Regularizer, RegularizerContext } from "./regularizer.ts";

function benefits(offset: Float32Array, { shape: { width, height, channels }, gradient }: RegularizerContext): Float64Array {
  const result = new Float64Array(width * height);
  for (let pixel = 0; pixel < result.length; pixel++) {
    let sum = 0;
    for (let i = pixel * channels; i < (pixel + 1) * channels; i++) sum -= (offset[i] as number) * (gradient[i] as number);
    result[pixel] = sum;
  }
  return result;
}

export const smallBenefit: Regularizer = {
  id: "small-benefit",
  isActive: (settings) => settings.smallBenefitPercentile > 0,
  apply: (offset, context) => clearBelow(offset, benefits(offset, context), context.settings.smallBenefitPercentile),
};

export const smallContribution: Regularizer = {
  id: "small-contribution",
  isActive: (settings) => settings.smallContributionPercentile > 0,
  apply: (offset, context) => clearBelow(offset, benefits(offset, context).map(Math.abs), context.settings.smallContributionPercentile),
};
