/** Visualises a perturbation: mid-grey plus the amplified difference. */
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";

export interface DifferenceImage {
  readonly image: ByteImage;
  /** The k of 128 + k x difference, to display with the image. */
  readonly factor: number;
}

/** The default factor is the largest whole number that clips nothing, at least 1. */
export function amplifiedDifference(original: ByteImage, changed: ByteImage, factor?: number): DifferenceImage {
  const { width, height, channels, pixels } = original;
  if (changed.width !== width || changed.height !== height || changed.channels !== channels)
    throw new AppError("INVALID_INPUT", "A difference needs two images of the same size.", { field: "image" });
  const largest = pixels.reduce((most, value, i) => Math.max(most, Math.abs((changed.pixels[i] as number) - value)), 0);
  const used = factor ?? Math.max(1, Math.floor(127 / Math.max(1, largest)));
  if (!(used > 0 && Number.isFinite(used))) throw new AppError("INVALID_INPUT", "The factor must be above 0.", { field: "factor" });
  const difference = pixels.map((value, i) => Math.max(0, Math.min(255, Math.round(128 + used * ((changed.pixels[i] as number) - value)))));
  return { image: { width, height, channels, pixels: difference }, factor: used };
}
