/**
 * Images as voters receive them: decoded, enlarged by a whole number, and encoded again with a comment, so that the bytes neither have the
 * hash of a stored file nor that of the same image in another study. Every pixel becomes a square: browsers would blur small images. sharp
 * does this in threads of its own, so the API answers others meanwhile.
 */
import { AppError } from "@pareidolia/core/appError";
import sharp from "sharp";
import { addPngComment, readPngHeader } from "./png.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of the shorter side, unless the longer side would exceed its limit. */
const leastSide = 320;
const longestSide = 4096;

function factorOf({ width, height }: Size): number {
  return Math.max(1, Math.min(Math.ceil(leastSide / Math.min(width, height)), Math.floor(longestSide / Math.max(width, height))));
}

export function enlargedSize(size: Size): Size {
  const factor = factorOf(size);
  return { width: size.width * factor, height: size.height * factor };
}

/** @throws AppError CORRUPT_DATA unless the file is a complete 8-bit grey or RGB image. */
export async function enlargePng(bytes: Uint8Array, comment: string): Promise<Uint8Array> {
  const shape = readPngHeader(bytes);
  const { width, height } = enlargedSize(shape);
  try {
    const enlarged = await sharp(bytes, { limitInputPixels: longestSide * longestSide, failOn: "warning" })
      .resize(width, height, { kernel: "nearest" })
      .toColourspace(shape.channels === 1 ? "b-w" : "srgb")
      .png({ compressionLevel: 6 })
      .toBuffer();
    return addPngComment(enlarged, comment);
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", "The PNG file is damaged.", { cause });
  }
}
