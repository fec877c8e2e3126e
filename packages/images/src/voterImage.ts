/**
 * Images as voters receive them: pixel by pixel the stored ones, encoded without loss, with a comment that makes the bytes of equal images
 * differ. The page enlarges them by whole numbers. sharp encodes in threads of its own, so the API answers others meanwhile.
 */
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import sharp, { type Sharp } from "sharp";
import { addPngComment, readPngHeader } from "./png.ts";
import { addWebpComment } from "./webpComment.ts";

interface VoterFormat {
  readonly contentType: string;
  encode(image: Sharp): Sharp;
  addComment(bytes: Uint8Array, comment: string): Uint8Array;
}

const formats = {
  webp: { contentType: "image/webp", encode: (image) => image.webp({ lossless: true, effort: 4 }), addComment: addWebpComment },
  png: {
    contentType: "image/png",
    encode: (image) => image.png({ compressionLevel: 9, adaptiveFiltering: true, palette: false }),
    addComment: addPngComment,
  },
} as const satisfies Readonly<Record<string, VoterFormat>>;

export type VoterFormatName = keyof typeof formats;
export const voterFormatNames = Object.keys(formats) as readonly VoterFormatName[];

export function contentTypeOf(format: VoterFormatName): string {
  return formats[format].contentType;
}

const maxSide = 4096;
const spaceOf = (channels: number) => (channels === 1 ? "b-w" : "srgb");

async function readPixels(bytes: Uint8Array, channels: ByteImage["channels"]): Promise<ByteImage> {
  const { data, info } = await sharp(bytes, { limitInputPixels: maxSide * maxSide, failOn: "warning" })
    .toColourspace(spaceOf(channels))
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== channels) throw new AppError("CORRUPT_DATA", "The image has other channels than its file declares.");
  return { width: info.width, height: info.height, channels, pixels: Uint8Array.from(data) };
}

/** @throws AppError CORRUPT_DATA unless the file is a complete 8-bit grey or RGB PNG image. */
export async function decodeStored(bytes: Uint8Array): Promise<ByteImage> {
  const { channels } = readPngHeader(bytes);
  try {
    return await readPixels(bytes, channels);
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", "The PNG file is damaged.", { cause });
  }
}

/** Without a comment. Decodes the file again and compares every value. @throws AppError CORRUPT_DATA if one differs. */
export async function encodeForVoters(image: ByteImage, format: VoterFormatName): Promise<Uint8Array> {
  const { width, height, channels, pixels } = image;
  const opened = sharp(pixels, { raw: { width, height, channels } }).toColourspace(spaceOf(channels));
  const encoded = await formats[format].encode(opened).toBuffer();
  const decoded = await readPixels(encoded, channels);
  if (decoded.width !== width || decoded.height !== height || Buffer.compare(decoded.pixels, pixels) !== 0)
    throw new AppError("CORRUPT_DATA", `An image of ${width} x ${height} pixels changed when it was encoded as ${format}.`);
  return Uint8Array.from(encoded);
}

/** The file with a comment, in Latin-1. */
export function addComment(bytes: Uint8Array, format: VoterFormatName, comment: string): Uint8Array {
  return formats[format].addComment(bytes, comment);
}
