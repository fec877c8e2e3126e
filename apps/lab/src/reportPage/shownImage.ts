/** Reduces a stored image to its displayed size, which keeps pages with many images small. */
import type { ByteImage } from "@pareidolia/core/image";

/** In pixels: less than half the side of an ImageNet network's input. */
export const shownSide = 96;

/**
 * `whole`: each displayed pixel is the mean of the area that it covers, which preserves shapes but not single pixels. `cut`: the centre
 * of the image at full size, for details that averaging would remove.
 */
export type View = "whole" | "cut";

export function shownImage(image: ByteImage, view: View): ByteImage {
  if (Math.max(image.width, image.height) <= shownSide) return image;
  return view === "cut" ? cutMiddle(image) : shrink(image);
}

function cutMiddle({ width, height, channels, pixels }: ByteImage): ByteImage {
  const [shownWidth, shownHeight] = [Math.min(width, shownSide), Math.min(height, shownSide)];
  const left = (width - shownWidth) >> 1;
  const top = (height - shownHeight) >> 1;
  const cut = new Uint8Array(shownWidth * shownHeight * channels);
  for (let y = 0; y < shownHeight; y++) {
    const from = ((top + y) * width + left) * channels;
    cut.set(pixels.subarray(from, from + shownWidth * channels), y * shownWidth * channels);
  }
  return { width: shownWidth, height: shownHeight, channels, pixels: cut };
}

function shrink({ width, height, channels, pixels }: ByteImage): ByteImage {
  const factor = shownSide / Math.max(width, height);
  const [shownWidth, shownHeight] = [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))];
  const columns = coverage(width, shownWidth);
  const rows = coverage(height, shownHeight);
  const shown = new Uint8Array(shownWidth * shownHeight * channels);
  for (const [y, row] of rows.entries())
    for (const [x, column] of columns.entries())
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (const { at: v, weight: down } of row)
          for (const { at: u, weight: across } of column) sum += down * across * (pixels[(v * width + u) * channels + channel] as number);
        shown[(y * shownWidth + x) * channels + channel] = Math.round(sum);
      }
  return { width: shownWidth, height: shownHeight, channels, pixels: shown };
}

interface Part {
  readonly at: number;
  /** Fractions of the displayed pixel's length; they sum to 1. */
  readonly weight: number;
}

function coverage(from: number, to: number): readonly (readonly Part[])[] {
  const length = from / to;
  return Array.from({ length: to }, (_, index) => {
    const [start, end] = [index * length, Math.min(from, (index + 1) * length)];
    const parts: Part[] = [];
    for (let at = Math.floor(start); at < end; at++)
      parts.push({ at, weight: (Math.min(end, at + 1) - Math.max(start, at)) / (end - start) });
    return parts;
  });
}
