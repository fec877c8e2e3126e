/** The mean of each pixel over a set, in bytes' units: what the released code subtracts before its network sees an image. */
import { type DigitSet, digitPixels } from "./readMnist.ts";

export function meanImage(digits: DigitSet): Float32Array {
  const sums = new Float64Array(digitPixels);
  for (let start = 0; start < digits.images.length; start += digitPixels)
    for (let pixel = 0; pixel < digitPixels; pixel++) sums[pixel] = (sums[pixel] as number) + (digits.images[start + pixel] as number);
  return Float32Array.from(sums, (sum) => sum / digits.count);
}
