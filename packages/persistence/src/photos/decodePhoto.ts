/**
 * Reads a photograph that somebody sent: PNG, JPEG or BMP, told apart by their first bytes and never by a name. PNG and
 * JPEG go through libvips, which fails on damage and on missing pixels instead of guessing; size is checked before anything is inflated.
 * Transparency lies on white, orientation is applied, and nothing of the file but its pixels survives.
 */
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import sharp, { type Sharp } from "sharp";
import { decodeBmp } from "./decodeBmp.ts";

export const largestPhotoFile = 20 * 1024 * 1024;
const largestSide = 6_000;
/** What is kept: no network here sees more, and a page can show it whole. */
const largestKept = 1_024;

function startsWith(bytes: Uint8Array, ...signature: readonly number[]): boolean {
  return signature.every((value, i) => bytes[i] === value);
}

function corrupt(message: string, cause?: unknown): AppError {
  return new AppError("CORRUPT_DATA", message, cause === undefined ? {} : { cause });
}

function openPhoto(bytes: Uint8Array): Sharp {
  if (bytes.length > largestPhotoFile) throw corrupt(`A photo's file has at most ${largestPhotoFile / 1024 / 1024} MB.`);
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) || startsWith(bytes, 0xff, 0xd8, 0xff))
    return sharp(bytes, { limitInputPixels: largestSide * largestSide, failOn: "warning", sequentialRead: true });
  if (startsWith(bytes, 0x42, 0x4d)) {
    const { width, height, channels, pixels } = decodeBmp(bytes, largestSide);
    return sharp(pixels, { raw: { width, height, channels } });
  }
  throw corrupt("This is neither a PNG nor a JPEG nor a BMP file. Convert the photo to one of these.");
}

/** @throws AppError CORRUPT_DATA for anything but a whole photo within the limits. */
export async function decodePhoto(bytes: Uint8Array): Promise<ByteImage> {
  const photo = openPhoto(bytes);
  try {
    const { width, height } = await photo.metadata();
    if (width > largestSide || height > largestSide)
      throw corrupt(`A photo has at most ${largestSide} pixels a side, and this one has ${width} x ${height}.`);
    const { data, info } = await photo
      .rotate()
      .resize({ width: largestKept, height: largestKept, fit: "inside", withoutEnlargement: true, kernel: "lanczos3" })
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 1 && info.channels !== 3) throw corrupt("The photo is neither grey nor RGB.");
    return { width: info.width, height: info.height, channels: info.channels, pixels: Uint8Array.from(data) };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw corrupt("The photo's file is damaged or larger than it may be.", cause);
  }
}
