/**
 * Resizes an image with a triangle filter that widens when shrinking (linear interpolation when enlarging), as most image programs do.
 * Separable; sums are float64, and only the result is rounded.
 */
import type { ByteImage } from "@pareidolia/core/image";

interface Tap {
  readonly first: number;
  /** Sum to 1. */
  readonly weights: readonly number[];
}

/** The source pixels and weights of each target pixel along one side. Pixel centres are at half-integers; nothing extends past the edge. */
function tapsOf(from: number, to: number): readonly Tap[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, target) => {
    const centre = (target + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach));
    const last = Math.min(from - 1, Math.ceil(centre + reach) - 1);
    const raw = Array.from({ length: last - first + 1 }, (_, i) => Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}

export function resample(image: ByteImage, width: number, height: number): ByteImage {
  const { channels, pixels } = image;
  if (width === image.width && height === image.height) return image;
  const across = tapsOf(image.width, width);
  const down = tapsOf(image.height, height);
  const rows = new Float64Array(image.height * width * channels);
  for (let y = 0; y < image.height; y++)
    for (const [x, { first, weights }] of across.entries())
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const [i, weight] of weights.entries()) sum += weight * (pixels[(y * image.width + first + i) * channels + c] as number);
        rows[(y * width + x) * channels + c] = sum;
      }
  const result = new Uint8Array(width * height * channels);
  const stride = width * channels;
  for (const [y, { first, weights }] of down.entries())
    for (let at = 0; at < stride; at++) {
      let sum = 0;
      for (const [i, weight] of weights.entries()) sum += weight * (rows[(first + i) * stride + at] as number);
      result[y * stride + at] = Math.min(255, Math.max(0, Math.floor(sum + 0.5)));
    }
  return { width, height, channels, pixels: result };
}
