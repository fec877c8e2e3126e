/** The start image of an ascent. Its random stream is addressed by (seed, class), so it does not depend on the batch. */
import { AppError } from "@pareidolia/core/appError";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import type { AscentPair } from "./ascentPair.ts";
import type { AscentParameters } from "./ascentParameters.ts";
import { normalStream } from "./normal.ts";

export interface StartOptions {
  readonly kind: AscentParameters["start"];
  readonly noise: number;
  readonly shape: ImageShape;
  /** One value per channel. */
  readonly mean: readonly number[];
}

/** @throws AppError INVALID_INPUT for a missing image, an image of another shape, or an image that `kind` does not use. */
export function startPixels({ classIndex, seed, image }: AscentPair, { kind, noise, shape, mean }: StartOptions): Float32Array {
  if ((kind === "image") !== (image !== undefined))
    throw new AppError("INVALID_INPUT", kind === "image" ? "The start image is missing." : `The start "${kind}" does not use an image.`, {
      field: "parameters.start",
    });
  if (image !== undefined) return clip(checkShape(image, shape).pixels);
  const random = new Random({ seed, generation: 0, index: classIndex, purpose: Purpose.ASCEND });
  const pixels = new Float32Array(pixelCount(shape));
  const normal = normalStream(random);
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = kind === "uniform" ? random.uniform() * 255 : (mean[i % shape.channels] as number) + noise * normal();
  return clip(pixels);
}

function checkShape(image: FloatImage, shape: ImageShape): FloatImage {
  const fits = image.width === shape.width && image.height === shape.height && image.channels === shape.channels;
  if (fits && image.pixels.length === pixelCount(shape) && image.pixels.every(Number.isFinite)) return image;
  throw new AppError("INVALID_INPUT", `The start image must be ${shape.width} x ${shape.height} with ${shape.channels} channels.`, {
    field: "image",
  });
}

function clip(pixels: Float32Array): Float32Array {
  return pixels.map((value) => Math.min(255, Math.max(0, value)));
}
