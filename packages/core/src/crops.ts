/** The crops of a larger image that a framing passes to a network. Prepared graphs and detectors both cut them at these positions. */
import { type FloatImage, type ImageShape, pixelCount } from "./image.ts";
import type { Framing } from "./preprocessing.ts";

/** A crop of the size of the network's input. `x` and `y` are its upper left pixel; `mirrored` swaps left and right. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly mirrored: boolean;
}

/** Largest side of the images that a run crops, in pixels. */
export const maxFramedSide = 512;

type Size = Pick<ImageShape, "width" | "height">;

/** The shape of the images that this framing takes, for a network with the input shape `network`. */
export function framedShape(framing: Framing, network: ImageShape): ImageShape {
  const { width, height, channels } = network;
  return framing.kind === "whole" ? { width, height, channels } : { width: framing.imageSize, height: framing.imageSize, channels };
}

/** The crops of a framing, in the order of the paper's released code (fit_deep_learning.hpp); none for the whole image. */
export function cropsOf(framing: Framing, { width, height }: Size): readonly Crop[] {
  if (framing.kind === "whole") return [];
  const right = framing.imageSize - width;
  const bottom = framing.imageSize - height;
  const centre = { x: Math.floor(right / 2), y: Math.floor(bottom / 2) };
  if (framing.count === 1) return [{ ...centre, mirrored: false }];
  const places = [{ x: 0, y: 0 }, { x: right, y: 0 }, { x: 0, y: bottom }, { x: right, y: bottom }, centre];
  return places.flatMap((place) => [
    { ...place, mirrored: false },
    { ...place, mirrored: true },
  ]);
}

/**
 * The network's inputs for an image: the image itself, or copies of its crops.
 *
 * @param image of the shape that `framedShape` returns.
 */
export function cutCrops(image: FloatImage, framing: Framing, network: ImageShape): readonly FloatImage[] {
  return framing.kind === "whole" ? [image] : cropsOf(framing, network).map((crop) => cutCrop(image, crop, network));
}

function cutCrop(image: FloatImage, { x, y, mirrored }: Crop, network: ImageShape): FloatImage {
  const { width, height, channels } = network;
  const pixels = new Float32Array(pixelCount(network));
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * channels;
    const line = image.pixels.subarray(from, from + width * channels);
    const to = row * width * channels;
    if (!mirrored) pixels.set(line, to);
    else
      for (let column = 0; column < width; column++)
        pixels.set(line.subarray(column * channels, (column + 1) * channels), to + (width - 1 - column) * channels);
  }
  return { width, height, channels, pixels };
}
