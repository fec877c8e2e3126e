/** Draws contact sheets: shrinks stored images and arranges them in the layout of core/contactSheet. */
import { placeOnSheet, type SheetSide, sheetColumns } from "@pareidolia/core/contactSheet";
import type { ImageShape } from "@pareidolia/core/image";
import sharp from "sharp";

const maxPixels = 4096 * 4096;
const channels = 4;
/** Browsers cache the sheets, so fast encoding matters more than small files. */
const compressionLevel = 3;

type Size = Pick<ImageShape, "width" | "height">;

/**
 * Returns RGBA bytes, side x side, row by row. Larger images are averaged, smaller ones repeat their pixels; images that are not
 * square are stretched.
 */
export async function shrinkImage(png: Uint8Array, { width, height }: Size, side: SheetSide): Promise<Uint8Array> {
  const kernel = Math.max(width, height) <= side ? "nearest" : "linear";
  const data = await sharp(png, { limitInputPixels: maxPixels, failOn: "error" })
    .resize({ width: side, height: side, fit: "fill", kernel })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
  return Uint8Array.from(data);
}

export interface SmallImage {
  readonly niche: number;
  /** Returned by `shrinkImage`. */
  readonly pixels: Uint8Array;
}

/** Returns a PNG with a cell for each of `niches` niches; those without an image stay transparent. */
export async function drawContactSheet(images: readonly SmallImage[], niches: number, side: SheetSide): Promise<Uint8Array> {
  const width = Math.min(niches, sheetColumns) * side;
  const height = Math.ceil(niches / sheetColumns) * side;
  const sheet = new Uint8Array(width * height * channels);
  const stride = side * channels;
  for (const { niche, pixels } of images) {
    const { x, y } = placeOnSheet(niche, side);
    for (let row = 0; row < side; row++) sheet.set(pixels.subarray(row * stride, (row + 1) * stride), ((y + row) * width + x) * channels);
  }
  return sharp(sheet, { raw: { width, height, channels } }).png({ compressionLevel }).toBuffer();
}
