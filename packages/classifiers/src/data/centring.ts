/** The mean that a network subtracts from its pixels, measured on a training set: the mean image, as in the paper, or the mean colour. */
import { pixelCount } from "@pareidolia/core/image";
import type { Centring } from "@pareidolia/onnx/graphs/network";
import type { LabelledImages } from "./labelledImages.ts";

/** 1/256, as in the released code; exact in binary. */
const pixelScale = 0.00390625;

export function centreOnMeanImage(set: LabelledImages): Centring {
  const { width, height, channels } = set.shape;
  const size = pixelCount(set.shape);
  const sums = new Float64Array(size);
  for (let start = 0; start < set.images.length; start += size)
    for (let pixel = 0; pixel < size; pixel++) sums[pixel] = (sums[pixel] as number) + (set.images[start + pixel] as number);
  return { mean: Float32Array.from(sums, (sum) => sum / set.count), dims: [channels, height, width], scale: pixelScale };
}

/** The mean per channel, for training with shifted and mirrored images, where the mean of a single position is meaningless. */
export function centreOnMeanColour(set: LabelledImages): Centring {
  const { mean } = centreOnMeanImage(set);
  const { channels } = set.shape;
  const area = mean.length / channels;
  const colour = Float32Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let pixel = 0; pixel < area; pixel++) sum += mean[channel * area + pixel] as number;
    return sum / area;
  });
  return { mean: colour, dims: [channels, 1, 1], scale: pixelScale };
}
