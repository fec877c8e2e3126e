/** Sets pixels of small norm (L2 over the channels) to the mean, which removes irrelevant detail. */
import { clearBelow } from "./percentile.ts";
import type { Regularizer } from "./regularizer.ts";

export const smallNorm: Regularizer = {
  id: "small-norm",
  isActive: (settings) => settings.smallNormPercentile > 0,
  apply(offset, { shape: { width, height, channels }, settings }) {
    const norms = new Float64Array(width * height);
    for (let pixel = 0; pixel < norms.length; pixel++) {
      let square = 0;
      for (let c = 0; c < channels; c++) square += (offset[pixel * channels + c] as number) ** 2;
      norms[pixel] = Math.sqrt(square);
    }
    clearBelow(offset, norms, settings.smallNormPercentile);
  },
};
