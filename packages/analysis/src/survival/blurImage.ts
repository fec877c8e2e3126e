/** Gaussian blur of an image: separable, truncated at three standard deviations, with edge pixels repeated outwards. */
import type { ByteImage } from "@pareidolia/core/image";

const truncation = 3;

/** Weights of the pixels from -reach to reach; they sum to 1. */
function kernelOf(sigma: number): readonly number[] {
  const reach = Math.max(1, Math.ceil(sigma * truncation));
  const raw = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}

/** `sigma` is in pixels; 0 returns the image unchanged. */
export function blurImage(image: ByteImage, sigma: number): ByteImage {
  if (sigma <= 0) return image;
  const { width, height, channels, pixels } = image;
  const kernel = kernelOf(sigma);
  const reach = (kernel.length - 1) / 2;
  const inside = (at: number, size: number): number => Math.min(size - 1, Math.max(0, at));
  const rows = new Float64Array(pixels.length);
  const result = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const [i, weight] of kernel.entries())
          sum += weight * (pixels[(y * width + inside(x + i - reach, width)) * channels + c] as number);
        rows[(y * width + x) * channels + c] = sum;
      }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const [i, weight] of kernel.entries())
          sum += weight * (rows[(inside(y + i - reach, height) * width + x) * channels + c] as number);
        result[(y * width + x) * channels + c] = Math.floor(sum + 0.5);
      }
  return { width, height, channels, pixels: result };
}
