/**
 * Separable Gaussian blur of each channel, to reduce high frequencies. Like SciPy's `gaussian_filter`, which the released code calls,
 * the kernel reaches 4 sigma, and the image is extended by reflection with its edge pixel repeated.
 */
import type { ImageShape } from "@pareidolia/core/image";
import type { Regularizer } from "./regularizer.ts";

export const gaussianBlur: Regularizer = {
  id: "gaussian-blur",
  isActive: ({ blurSigma, blurEvery }, step) => blurSigma > 0 && step % blurEvery === 0,
  apply: (offset, { shape, settings }) => blur(offset, shape, settings.blurSigma),
};

function blur(values: Float32Array, { width, height, channels }: ImageShape, sigma: number): void {
  const kernel = gaussianKernel(sigma);
  const across = new Float32Array(values.length);
  for (let y = 0; y < height; y++)
    for (let c = 0; c < channels; c++)
      filterLine(values, across, { start: y * width * channels + c, stride: channels, length: width }, kernel);
  for (let x = 0; x < width; x++)
    for (let c = 0; c < channels; c++)
      filterLine(across, values, { start: x * channels + c, stride: width * channels, length: height }, kernel);
}

/** Weights at distance 0, 1, ... on one side. The weights of both sides sum to 1. */
function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.floor(4 * sigma + 0.5);
  const weights = Float64Array.from({ length: radius + 1 }, (_, distance) => Math.exp(-(distance * distance) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight, distance) => sum + (distance === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / total);
}

interface Line {
  readonly start: number;
  readonly stride: number;
  readonly length: number;
}

function filterLine(from: Float32Array, to: Float32Array, { start, stride, length }: Line, kernel: Float64Array): void {
  const at = (index: number): number => from[start + mirror(index, length) * stride] as number;
  for (let i = 0; i < length; i++) {
    let sum = (kernel[0] as number) * at(i);
    for (let distance = 1; distance < kernel.length; distance++)
      sum += (kernel[distance] as number) * (at(i - distance) + at(i + distance));
    to[start + i * stride] = sum;
  }
}

function mirror(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  const period = 2 * length;
  const inside = ((index % period) + period) % period;
  return inside < length ? inside : period - 1 - inside;
}
