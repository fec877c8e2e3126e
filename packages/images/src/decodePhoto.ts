/**
 * Decodes an uploaded photo: PNG, JPEG or BMP, recognised by its first bytes, never by its name. libvips decodes PNG and JPEG; it
 * rejects damaged and incomplete files, and sizes are checked before anything is inflated. Transparency becomes white, orientation is
 * applied, and all metadata is dropped.
 */
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import sharp, { type Sharp } from "sharp";
import { decodeBmp } from "./decodeBmp.ts";

export const maxPhotoFileSize = 20 * 1024 * 1024;
const maxSide = 6_000;
/** Larger photos are scaled down to this: no network here takes larger images, and pages show them whole. */
const maxStoredSide = 1_024;

function startsWith(bytes: Uint8Array, ...signature: readonly number[]): boolean {
  return signature.every((value, i) => bytes[i] === value);
}

function corrupt(message: string, cause?: unknown): AppError {
  return new AppError("CORRUPT_DATA", message, cause === undefined ? {} : { cause });
}

function openPhoto(bytes: Uint8Array): Sharp {
  if (bytes.length > maxPhotoFileSize) throw corrupt(`A photo may have at most ${maxPhotoFileSize / 1024 / 1024} MB.`);
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) || startsWith(bytes, 0xff, 0xd8, 0xff))
    return sharp(bytes, { limitInputPixels: maxSide * maxSide, failOn: "warning", sequentialRead: true });
  if (startsWith(bytes, 0x42, 0x4d)) {
    const { width, height, channels, pixels } = decodeBmp(bytes, maxSide);
    return sharp(pixels, { raw: { width, height, channels } });
  }
  throw corrupt("This is neither a PNG nor a JPEG nor a BMP file. Convert the photo to one of these formats.");
}

/** @throws AppError CORRUPT_DATA for other formats, damaged files, files over 20 MB and sides over 6000 pixels. */
export async function decodePhoto(bytes: Uint8Array): Promise<ByteImage> {
  const photo = openPhoto(bytes);
  try {
    const { width, height } = await photo.metadata();
    if (width > maxSide || height > maxSide)
      throw corrupt(`A photo may have at most ${maxSide} pixels a side. This one has ${width} x ${height}.`);
    const { data, info } = await photo
      .rotate()
      .resize({ width: maxStoredSide, height: maxStoredSide, fit: "inside", withoutEnlargement: true, kernel: "lanczos3" })
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 1 && info.channels !== 3) throw corrupt("The photo is neither grey nor RGB.");
    return {
      width: info.width,
      height: info.height,
      channels: info.channels,
      pixels: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw corrupt("The photo is damaged or too large.", cause);
  }
}
