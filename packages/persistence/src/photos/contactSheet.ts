/** Draws contact sheets: stored pictures made small, and laid out as core/contactSheet says. */
import { placeOnSheet, type SheetSide, sheetColumns } from "@pareidolia/core/contactSheet";
import type { ImageShape } from "@pareidolia/core/image";
import sharp from "sharp";

const largestPixels = 4096 * 4096;
const channels = 4;
/** Sheets are looked at once and kept by the browser: speed counts for more than size. */
const compressionLevel = 3;

type Size = Pick<ImageShape, "width" | "height">;

/** RGBA, side x side, row by row. A larger picture is averaged, a smaller one repeats its pixels; other proportions are stretched. */
export async function shrinkPicture(png: Uint8Array, { width, height }: Size, side: SheetSide): Promise<Uint8Array> {
  const kernel = Math.max(width, height) <= side ? "nearest" : "linear";
  const data = await sharp(png, { limitInputPixels: largestPixels, failOn: "error" })
    .resize({ width: side, height: side, fit: "fill", kernel })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
  return Uint8Array.from(data);
}

export interface SmallPicture {
  readonly niche: number;
  /** As `shrinkPicture` makes it. */
  readonly pixels: Uint8Array;
}

/** A PNG with rows for so many niches. */
export async function drawContactSheet(pictures: readonly SmallPicture[], niches: number, side: SheetSide): Promise<Uint8Array> {
  const width = Math.min(niches, sheetColumns) * side;
  const height = Math.ceil(niches / sheetColumns) * side;
  const sheet = new Uint8Array(width * height * channels);
  const stride = side * channels;
  for (const { niche, pixels } of pictures) {
    const { x, y } = placeOnSheet(niche, side);
    for (let row = 0; row < side; row++) sheet.set(pixels.subarray(row * stride, (row + 1) * stride), ((y + row) * width + x) * channels);
  }
  return sharp(sheet, { raw: { width, height, channels } }).png({ compressionLevel }).toBuffer();
}
