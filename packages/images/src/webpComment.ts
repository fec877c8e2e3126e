/**
 * Adds a comment to a lossless WebP file, as an XMP chunk, which browsers skip (RFC 9649, section 2.7): a file with metadata starts with
 * the extended header VP8X, which repeats the size of the image.
 */
import { AppError } from "@pareidolia/core/appError";

const imageAt = 12;
const lossless = "VP8L";
/** The first byte of a lossless image; 14 bits each of width - 1 and height - 1 follow. */
const losslessSignature = 0x2f;
const hasXmp = 0x04;

function chunk(type: string, data: Uint8Array): Buffer {
  // Chunks have an even length.
  const bytes = Buffer.alloc(8 + data.length + (data.length % 2));
  bytes.write(type, 0, "latin1");
  bytes.writeUInt32LE(data.length, 4);
  bytes.set(data, 8);
  return bytes;
}

/** @throws AppError CORRUPT_DATA unless the file has one lossless image and no metadata. */
export function addWebpComment(file: Uint8Array, comment: string): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.toString("latin1", imageAt, imageAt + 4) !== lossless || bytes[imageAt + 8] !== losslessSignature)
    throw new AppError("CORRUPT_DATA", "This is not a lossless WebP file without metadata.");
  const size = bytes.readUInt32LE(imageAt + 9);
  const header = Buffer.alloc(10);
  header[0] = hasXmp;
  header.writeUIntLE(size & 0x3fff, 4, 3);
  header.writeUIntLE((size >>> 14) & 0x3fff, 7, 3);
  const body = Buffer.concat([
    Buffer.from("WEBP", "latin1"),
    chunk("VP8X", header),
    bytes.subarray(imageAt),
    chunk("XMP ", Buffer.from(comment, "latin1")),
  ]);
  return Uint8Array.from(chunk("RIFF", body));
}
