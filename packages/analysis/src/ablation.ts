/**
 * Measures how much each region of an image contributes to the confidence: paints over one region at a time and scores the image again
 * (occlusion; Zeiler & Fergus 2014, section 4.2). The paper removed repeated elements manually (section 3.4): evolved images repeat a
 * class's features, and in many images removing one copy slightly lowers the confidence.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import { type ByteImage, pixelCount, toFloatImage } from "@pareidolia/core/image";

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface AblationOptions {
  readonly image: ByteImage;
  readonly classIndex: number;
  readonly classifier: Classifier;
  /** Regions along each side, as equal as whole pixels allow. */
  readonly regions: number;
  /** The image's mean colour, which keeps the overall tone, or mid-grey. */
  readonly paint: "mean" | "grey";
  readonly signal?: AbortSignal;
}

export interface AblatedRegion extends Region {
  readonly confidence: number;
  /** Confidence lost by painting over this region; negative if it rises. */
  readonly drop: number;
}

export interface Ablation {
  readonly confidence: number;
  /** Row by row. */
  readonly regions: readonly AblatedRegion[];
  /** Share of the regions whose removal lowers the confidence by at least `countedDrop`. */
  readonly loweredShare: number;
}

/**
 * The smallest counted drop: one percentage point. Near a confidence of 1 nearly every change lowers it by a little, and engines differ by
 * about 1e-6, so a share of drops of any size says nothing about the image.
 */
export const countedDrop = 0.01;

export function shareOfLowered(regions: readonly AblatedRegion[]): number {
  return regions.filter(({ drop }) => drop >= countedDrop).length / regions.length;
}

/** @throws AppError INVALID_INPUT for an unknown class, or more regions than pixels along a side. */
export async function ablate(options: AblationOptions): Promise<Ablation> {
  const { image, classIndex, classifier, paint, signal } = options;
  const cells = cutIntoRegions(image, options.regions);
  if (!Number.isInteger(classIndex) || classIndex < 0 || classIndex >= classifier.labels.length)
    throw new AppError("INVALID_INPUT", `There is no class ${classIndex}: the network has ${classifier.labels.length} classes.`);
  const colour = paint === "grey" ? new Array<number>(image.channels).fill(128) : meanColour(image);
  const variants = [image, ...cells.map((region) => paintOver(image, region, colour))];
  const { probabilities, classes } = await classifier.predict(variants.map(toFloatImage), signal);
  const at = (index: number): number => probabilities[index * classes + classIndex] as number;
  const confidence = at(0);
  const regions = cells.map((region, index) => ({ ...region, confidence: at(index + 1), drop: confidence - at(index + 1) }));
  return { confidence, regions, loweredShare: shareOfLowered(regions) };
}

/** @throws AppError INVALID_INPUT unless 1 <= perSide <= the shorter side. */
export function cutIntoRegions({ width, height }: { readonly width: number; readonly height: number }, perSide: number): readonly Region[] {
  if (!Number.isInteger(perSide) || perSide < 1 || perSide > Math.min(width, height))
    throw new AppError("INVALID_INPUT", `An image of ${width} x ${height} has room for 1 to ${Math.min(width, height)} regions per side.`);
  const edge = (length: number, index: number): number => Math.round((length * index) / perSide);
  const regions: Region[] = [];
  for (let row = 0; row < perSide; row++)
    for (let column = 0; column < perSide; column++) {
      const x = edge(width, column);
      const y = edge(height, row);
      regions.push({ x, y, width: edge(width, column + 1) - x, height: edge(height, row + 1) - y });
    }
  return regions;
}

export function meanColour({ pixels, channels, ...shape }: ByteImage): readonly number[] {
  const sums = new Array<number>(channels).fill(0);
  for (let i = 0; i < pixels.length; i++) sums[i % channels] = (sums[i % channels] as number) + (pixels[i] as number);
  return sums.map((sum) => Math.round((sum * channels) / pixelCount({ ...shape, channels })));
}

export function paintOver(image: ByteImage, { x, y, width, height }: Region, colour: readonly number[]): ByteImage {
  const pixels = image.pixels.slice();
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++)
      for (let channel = 0; channel < image.channels; channel++)
        pixels[(row * image.width + column) * image.channels + channel] = colour[channel] as number;
  return { ...image, pixels };
}
