/** Bilinear resizing with half-pixel centres, to fit an image to a network of another input size. */
import { AppError } from "@pareidolia/core/appError";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";

/** @throws AppError INVALID_INPUT if the numbers of channels differ. */
export function resizeImage(image: FloatImage, target: ImageShape): FloatImage {
  if (image.channels !== target.channels)
    throw new AppError("INVALID_INPUT", "A colour network needs colour images, and a grey network grey images.");
  if (image.width === target.width && image.height === target.height) return image;
  const { channels } = image;
  const pixels = new Float32Array(pixelCount(target));
  const columns = places(image.width, target.width);
  const rows = places(image.height, target.height);
  const at = (x: number, y: number, channel: number): number => image.pixels[(y * image.width + x) * channels + channel] as number;
  for (const [y, row] of rows.entries())
    for (const [x, column] of columns.entries())
      for (let channel = 0; channel < channels; channel++) {
        const upper = at(column.low, row.low, channel) * (1 - column.weight) + at(column.high, row.low, channel) * column.weight;
        const lower = at(column.low, row.high, channel) * (1 - column.weight) + at(column.high, row.high, channel) * column.weight;
        pixels[(y * target.width + x) * channels + channel] = upper * (1 - row.weight) + lower * row.weight;
      }
  return { ...target, pixels };
}

function places(from: number, to: number): readonly { readonly low: number; readonly high: number; readonly weight: number }[] {
  return Array.from({ length: to }, (_, index) => {
    const place = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    const low = Math.floor(place);
    return { low, high: Math.min(low + 1, from - 1), weight: place - low };
  });
}
