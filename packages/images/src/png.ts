/**
 * PNG (ISO/IEC 15948) for stored images: 8 bits, grey or RGB. The encoder is our own, since so small a format needs no library.
 * The decoder is fast-png, which shares no code with it, so scores of decoded bytes do not depend on our encoder being right.
 */
import { promisify } from "node:util";
import { crc32, deflate, deflateSync } from "node:zlib";
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage, ImageShape } from "@pareidolia/core/image";
import { decode } from "fast-png";

const deflateInBackground = promisify(deflate);
/** Evolved images are noise that hardly compresses. */
const level = 1;
/** Room for all of the output, which would otherwise come in many small chunks, each a step between threads. */
const chunkFor = ({ length }: Uint8Array): number => length + Math.ceil(length / 1_000) + 1_024;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const colourTypes = { 1: 0, 3: 2 } as const;
const headerLength = 33;
const maxSide = 4096;
const maxFileSize = 64 * 1024 * 1024;

/** Its parts, so that the data is copied only into the file. */
function chunk(type: string, data: Uint8Array): readonly Uint8Array[] {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, "latin1");
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0);
  return [head, data, checksum];
}

/** Each with its filter type, which is "none". */
function rowsOf({ width, height, channels, pixels }: ByteImage): Buffer {
  const stride = width * channels;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return rows;
}

/** Equal images give equal bytes. */
export function encodePng(image: ByteImage): Uint8Array {
  return assemblePng(image, deflateSync(rowsOf(image), { level }));
}

/** The same bytes as `encodePng`, deflated on another thread. For servers and large images, such as photographs. */
export async function encodePngInBackground(image: ByteImage): Promise<Uint8Array> {
  const rows = rowsOf(image);
  return assemblePng(image, await deflateInBackground(rows, { level, chunkSize: chunkFor(rows) }));
}

/** Builds a file from rows that are already filtered and deflated. */
export function assemblePng({ width, height, channels }: ImageShape, deflatedRows: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = colourTypes[channels];
  return join(signature, ...chunk("IHDR", header), ...chunk("IDAT", deflatedRows), ...chunk("IEND", Buffer.alloc(0)));
}

/** The file with a comment, in Latin-1, which makes the bytes of equal images differ. */
export function addPngComment(bytes: Uint8Array, comment: string): Uint8Array {
  const text = chunk("tEXt", Buffer.from(`Comment\0${comment}`, "latin1"));
  return join(bytes.subarray(0, headerLength), ...text, bytes.subarray(headerLength));
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = Buffer.concat(parts);
  return new Uint8Array(joined.buffer, joined.byteOffset, joined.byteLength);
}

/** The declared size, without reading further. @throws AppError CORRUPT_DATA unless the header is of an 8-bit grey or RGB image. */
export function readPngHeader(bytes: Uint8Array): ImageShape {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerLength || bytes.length > maxFileSize || signature.compare(bytes, 0, 8) !== 0)
    throw new AppError("CORRUPT_DATA", `This is not a PNG file, or it is larger than ${maxFileSize / 1024 / 1024} MB.`);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width < 1 || height < 1 || width > maxSide || height > maxSide)
    throw new AppError("CORRUPT_DATA", `An image must have 1 to ${maxSide} pixels a side. This one has ${width} x ${height}.`);
  const [depth, colourType] = [view.getUint8(24), view.getUint8(25)];
  if (depth !== 8 || (colourType !== colourTypes[1] && colourType !== colourTypes[3]))
    throw new AppError("CORRUPT_DATA", "The PNG file is not 8-bit grey or RGB.");
  return { width, height, channels: colourType === colourTypes[1] ? 1 : 3 };
}

/** @throws AppError CORRUPT_DATA unless the file is a complete 8-bit grey or RGB image of at most 4096 x 4096 pixels. */
export function decodePng(bytes: Uint8Array): ByteImage {
  readPngHeader(bytes);
  let png: ReturnType<typeof decode>;
  try {
    png = decode(bytes, { checkCrc: true });
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", "The PNG file is damaged.", { cause });
  }
  const { width, height, channels, depth, data, palette } = png;
  if (depth !== 8 || palette !== undefined || (channels !== 1 && channels !== 3))
    throw new AppError("CORRUPT_DATA", "The PNG file is not 8-bit grey or RGB.");
  if (data.length !== width * height * channels) throw new AppError("CORRUPT_DATA", "The PNG file has missing or extra pixels.");
  return { width, height, channels, pixels: Uint8Array.from(data) };
}
