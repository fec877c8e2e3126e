/**
 * Measures how different images of one class are, between runs or neighbouring niches. The paper shows that runs find different types of
 * images for a class (section 3.3, Figure 10). The distance compares coarse structure, so small shifts matter little: 1 - correlation
 * of the images averaged over a grid. Equal images have distance 0, unrelated ones 1, negatives 2.
 */
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import { cutIntoRegions } from "./ablation.ts";

const grid = 16;

/** The image's grid means, centred and normalised to length 1; all zeros for an image without structure at this scale. */
export function coarseStructure(image: ByteImage): Float64Array {
  const regions = cutIntoRegions(image, Math.min(grid, image.width, image.height));
  const means = new Float64Array(regions.length * image.channels);
  for (const [index, { x, y, width, height }] of regions.entries())
    for (let row = y; row < y + height; row++)
      for (let column = x; column < x + width; column++)
        for (let channel = 0; channel < image.channels; channel++) {
          const at = index * image.channels + channel;
          const pixel = image.pixels[(row * image.width + column) * image.channels + channel] as number;
          means[at] = (means[at] as number) + pixel / (width * height);
        }
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  let squares = 0;
  for (let i = 0; i < means.length; i++) {
    means[i] = (means[i] as number) - mean;
    squares += (means[i] as number) ** 2;
  }
  const norm = Math.sqrt(squares);
  // Differences below half a grey level are rounding, not structure.
  return norm < 0.5 * Math.sqrt(means.length) ? means.fill(0) : means.map((value) => value / norm);
}

/**
 * From 0 (same structure) to 2 (negative). The distance of two images without structure is 0; of one with and one without it is 1.
 * @throws AppError INVALID_INPUT for images of different shapes.
 */
export function structuralDistance(first: Float64Array, second: Float64Array): number {
  if (first.length !== second.length) throw new AppError("INVALID_INPUT", "The images must have the same shape.");
  let product = 0;
  for (let i = 0; i < first.length; i++) product += (first[i] as number) * (second[i] as number);
  if (product === 0 && first.every((value) => value === 0) && second.every((value) => value === 0)) return 0;
  return Math.min(2, Math.max(0, 1 - product));
}

/** The mean distance over all pairs of images. @throws AppError INVALID_INPUT for fewer than two. */
export function meanDistance(images: readonly ByteImage[]): number {
  if (images.length < 2) throw new AppError("INVALID_INPUT", "Diversity needs at least two images.");
  const structures = images.map(coarseStructure);
  let sum = 0;
  for (const [i, a] of structures.entries()) for (const b of structures.slice(i + 1)) sum += structuralDistance(a, b);
  return sum / ((images.length * (images.length - 1)) / 2);
}
