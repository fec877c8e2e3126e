/**
 * Decodes the exact pixels of a stored PNG. A canvas would need less code, but browsers may colour-manage what they draw or add noise
 * when pixels are read back, which would break the byte-by-byte comparison. Supports the PNGs that the platform stores: 8 bits, grey or
 * RGB, not interlaced (PNG, third edition, sections 9 and 11.2).
 */
import type { ByteImage } from "@pareidolia/core/image";

interface Header {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

function readHeader(view: DataView, at: number): Header {
  const depth = view.getUint8(at + 8);
  const colour = view.getUint8(at + 9);
  if (depth !== 8 || (colour !== 0 && colour !== 2) || view.getUint8(at + 12) !== 0)
    throw new Error("The stored image is not an 8-bit grey or RGB PNG.");
  return { width: view.getUint32(at), height: view.getUint32(at + 4), channels: colour === 0 ? 1 : 3 };
}

function splitChunks(bytes: Uint8Array<ArrayBuffer>): { header: Header; data: Blob } {
  if (signature.some((byte, i) => bytes[i] !== byte)) throw new Error("The stored image is not a PNG.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let header: Header | null = null;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === "IHDR") header = readHeader(view, at + 8);
    if (kind === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  if (header === null) throw new Error("The stored image has no header.");
  return { header, data: new Blob(parts) };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter === 4) return paeth(left, up, corner);
  throw new Error("The stored image has an unknown row filter.");
}

function unfilter(lines: Uint8Array, { width, height, channels }: Header): Uint8Array {
  const stride = width * channels;
  if (lines.length !== (stride + 1) * height) throw new Error("The stored image is truncated.");
  const pixels = new Uint8Array(stride * height);
  const at = (row: number, column: number) => (row < 0 || column < 0 ? 0 : (pixels[row * stride + column] as number));
  for (let row = 0; row < height; row++) {
    const filter = lines[row * (stride + 1)] as number;
    for (let column = 0; column < stride; column++) {
      const raw = lines[row * (stride + 1) + 1 + column] as number;
      const before = column - channels;
      pixels[row * stride + column] = raw + predict(filter, at(row, before), at(row - 1, column), at(row - 1, before));
    }
  }
  return pixels;
}

export async function readStoredPixels(png: Uint8Array<ArrayBuffer>): Promise<ByteImage> {
  const { header, data } = splitChunks(png);
  const inflated = data.stream().pipeThrough(new DecompressionStream("deflate"));
  const lines = new Uint8Array(await new Response(inflated).arrayBuffer());
  return { ...header, pixels: unfilter(lines, header) };
}
