/** Decodes uncompressed BMP files (Windows 3.0 and later) of 8 bits with a palette, 24 or 32 bits. The usual builds of libvips read no BMP. */
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";

const fileHeader = 14;
const smallestInfo = 40;

/** @throws AppError CORRUPT_DATA for other kinds of BMP, truncated files, and sides longer than `maxSide` pixels. */
export function decodeBmp(bytes: Uint8Array, maxSide: number): ByteImage & { readonly channels: 3 } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (message: string): never => {
    throw new AppError("CORRUPT_DATA", message);
  };
  if (bytes.length < fileHeader + smallestInfo) fail("The BMP file is truncated.");
  const offset = view.getUint32(10, true);
  const info = view.getUint32(14, true);
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1 || width > maxSide || height > maxSide)
    fail(`A photo must have 1 to ${maxSide} pixels a side. This one has ${width} x ${height}.`);
  if (info < smallestInfo || compression !== 0 || ![8, 24, 32].includes(bits))
    fail("Only uncompressed BMP files of 8, 24 or 32 bits are supported. Convert the photo to PNG.");
  const stride = Math.ceil((width * bits) / 32) * 4;
  const paletteAt = fileHeader + info;
  const colours = bits === 8 ? view.getUint32(46, true) || 256 : 0;
  if (colours > 256 || paletteAt + colours * 4 > offset || offset + stride * height > bytes.length) fail("The BMP file is truncated.");
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = offset + stride * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      let at = row + (x * bits) / 8;
      if (bits === 8) {
        const entry = bytes[at] as number;
        if (entry >= colours) fail("A pixel of the BMP file uses a colour outside the palette.");
        at = paletteAt + entry * 4;
      }
      const to = (y * width + x) * 3;
      // BMP stores blue first.
      pixels[to] = bytes[at + 2] as number;
      pixels[to + 1] = bytes[at + 1] as number;
      pixels[to + 2] = bytes[at] as number;
    }
  }
  return { width, height, channels: 3, pixels };
}
