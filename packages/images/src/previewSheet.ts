/** Draws the sheet that stands for an experiment in previews of links: its best images in a grid that fills a wide image. */
import type { ImageShape } from "@pareidolia/core/image";
import sharp, { type OverlayOptions } from "sharp";

/** The size that services which show previews of links expect, in pixels. */
export const previewSize = { width: 1200, height: 630 } as const;
/** The largest number of images on a sheet. */
export const maxPreviewImages = 32;

const maxPixels = 4096 * 4096;
/** Between two images, and around the grid, in pixels. */
const gap = 10;
/** The light theme's paper. */
const background = { r: 251, g: 251, b: 250 };

export interface PreviewImage extends Pick<ImageShape, "width" | "height"> {
  readonly png: Uint8Array;
}

export interface PreviewCell {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** The square cells, row by row, with the number of columns that makes them largest. The last row is centred. */
export function layOutPreview(count: number): readonly PreviewCell[] {
  const { width, height } = previewSize;
  const sideWith = (columns: number): number =>
    Math.floor(Math.min((width - gap) / columns, (height - gap) / Math.ceil(count / columns))) - gap;
  const choices = Array.from({ length: count }, (_, index) => index + 1);
  const columns = choices.reduce((best, next) => (sideWith(next) > sideWith(best) ? next : best), 1);
  const side = sideWith(columns);
  const rows = Math.ceil(count / columns);
  const startOf = (cells: number, space: number): number => Math.round((space - (cells * (side + gap) - gap)) / 2);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    return {
      x: startOf(inRow, width) + (index % columns) * (side + gap),
      y: startOf(rows, height) + row * (side + gap),
      side,
    };
  });
}

/** Small images are enlarged by a whole factor without smoothing; larger ones are averaged. */
async function fit({ png, width, height }: PreviewImage, { x, y, side }: PreviewCell): Promise<OverlayOptions> {
  const longer = Math.max(width, height);
  const zoom = longer > side ? side / longer : Math.floor(side / longer);
  const fitted = { width: Math.max(1, Math.round(width * zoom)), height: Math.max(1, Math.round(height * zoom)) };
  const input = await sharp(png, { limitInputPixels: maxPixels, failOn: "error" })
    .resize({ ...fitted, fit: "fill", kernel: zoom < 1 ? "linear" : "nearest" })
    .toColourspace("srgb")
    .png()
    .toBuffer();
  return { input, left: x + Math.floor((side - fitted.width) / 2), top: y + Math.floor((side - fitted.height) / 2) };
}

/** Returns a PNG of `previewSize` with at most `maxPreviewImages` of the images. */
export async function drawPreviewSheet(images: readonly PreviewImage[]): Promise<Uint8Array> {
  const shown = images.slice(0, maxPreviewImages);
  const cells = layOutPreview(shown.length);
  const overlays: OverlayOptions[] = [];
  // One after another: a decoded image may have 64 MB.
  for (const [index, image] of shown.entries()) overlays.push(await fit(image, cells[index] as PreviewCell));
  return sharp({ create: { ...previewSize, channels: 3, background } })
    .composite(overlays)
    .png()
    .toBuffer();
}
