/**
 * Images as voters receive them: decoded, enlarged by a whole number, and encoded again with a comment, so that the bytes neither have the
 * hash of a stored file nor that of the same image in another study. Every pixel becomes a square: browsers would blur small images.
 */
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { pixelCount } from "@pareidolia/core/image";
import { assemblePng, decodePng } from "./png.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of the shorter side, unless the longer side would exceed its limit. */
const leastSide = 320;
const longestSide = 4096;
const deflateAsync = promisify(deflate);

function factorOf({ width, height }: Size): number {
  return Math.max(1, Math.min(Math.ceil(leastSide / Math.min(width, height)), Math.floor(longestSide / Math.max(width, height))));
}

export function enlargedSize(size: Size): Size {
  const factor = factorOf(size);
  return { width: size.width * factor, height: size.height * factor };
}

/** @throws AppError CORRUPT_DATA unless the file is a complete 8-bit grey or RGB image. */
export async function enlargePng(bytes: Uint8Array, comment: string): Promise<Uint8Array> {
  const image = decodePng(bytes);
  const { channels, pixels } = image;
  const factor = factorOf(image);
  const enlarged = { ...enlargedSize(image), channels };
  const stride = enlarged.width * channels;
  const rows = Buffer.alloc(pixelCount(enlarged) + enlarged.height);
  for (let y = 0; y < image.height; y++) {
    const first = y * factor * (stride + 1);
    for (let x = 0; x < enlarged.width; x++)
      for (let c = 0; c < channels; c++)
        rows[first + 1 + x * channels + c] = pixels[(y * image.width + Math.floor(x / factor)) * channels + c] as number;
    for (let copy = 1; copy < factor; copy++) rows.copyWithin(first + copy * (stride + 1), first, first + stride + 1);
  }
  return assemblePng(enlarged, await deflateAsync(rows, { level: 6 }), comment);
}
