/**
 * Statistics of an image's bytes, which distinguish a direct genome from noise: noise uses all values evenly and its neighbouring values
 * are uncorrelated.
 */
import type { ByteImage } from "@pareidolia/core/image";

export interface PixelStatistics {
  /** Number of bytes in each of `binCount` equal bins of 0 to 255. */
  readonly bins: readonly number[];
  readonly mean: number;
  readonly deviation: number;
  /** Shannon entropy of the byte values, in bits, at most 8. */
  readonly entropy: number;
  /** Correlation of each byte with the byte of the same channel to its right; null if undefined. */
  readonly neighbours: number | null;
  /** Share of bytes that are 0 or 255. */
  readonly clipped: number;
}

export const binCount = 32;

function correlateNeighbours({ width, height, channels, pixels }: ByteImage): number | null {
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXx = 0;
  let sumYy = 0;
  let sumXy = 0;
  const stride = width * channels;
  for (let row = 0; row < height; row++)
    for (let column = 0; column + channels < stride; column++) {
      const x = pixels[row * stride + column] as number;
      const y = pixels[row * stride + column + channels] as number;
      n++;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumYy += y * y;
      sumXy += x * y;
    }
  const spread = Math.sqrt((n * sumXx - sumX * sumX) * (n * sumYy - sumY * sumY));
  return spread > 0 ? (n * sumXy - sumX * sumY) / spread : null;
}

export function measurePixels(image: ByteImage): PixelStatistics {
  const counts = new Array<number>(256).fill(0);
  for (const value of image.pixels) counts[value] = (counts[value] as number) + 1;
  const total = image.pixels.length;
  const bins = new Array<number>(binCount).fill(0);
  let sum = 0;
  let squares = 0;
  let entropy = 0;
  counts.forEach((count, value) => {
    bins[Math.floor((value * binCount) / 256)] = (bins[Math.floor((value * binCount) / 256)] as number) + count;
    sum += count * value;
    squares += count * value * value;
    if (count > 0) entropy -= (count / total) * Math.log2(count / total);
  });
  const mean = sum / total;
  return {
    bins,
    mean,
    deviation: Math.sqrt(Math.max(0, squares / total - mean * mean)),
    entropy,
    neighbours: correlateNeighbours(image),
    clipped: ((counts[0] as number) + (counts[255] as number)) / total,
  };
}
