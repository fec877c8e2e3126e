/**
 * Decodes the PNGs that the API sends: 8 bits a channel, not interlaced. A decoder of our own keeps the program small. The format: PNG
 * specification, third edition, sections 5, 7 and 9.
 */
import { inflateSync } from "node:zlib";
import { createRaster, type Raster } from "./raster.ts";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Bytes of a pixel by colour type. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Larger than any contact sheet: 40 x 250 thumbnails of 64 x 64. */
const maxPixels = 1 << 26;

interface Chunks {
  readonly header: Buffer;
  readonly palette: Buffer;
  readonly transparency: Buffer;
  readonly data: Buffer;
}

function readChunks(bytes: Buffer): Chunks {
  if (!bytes.subarray(0, signature.length).equals(signature)) throw new Error("The server sent something other than a PNG.");
  const found = new Map<string, Buffer[]>();
  for (let at = signature.length; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    found.set(type, [...(found.get(type) ?? []), bytes.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  const one = (type: string): Buffer => Buffer.concat(found.get(type) ?? []);
  return { header: one("IHDR"), palette: one("PLTE"), transparency: one("tRNS"), data: one("IDAT") };
}

/** The Paeth predictor: whichever of the three neighbours is nearest to left + up - upper left. */
function paeth(left: number, up: number, upperLeft: number): number {
  const estimate = left + up - upperLeft;
  const [fromLeft, fromUp, fromUpperLeft] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upperLeft)];
  if (fromLeft <= fromUp && fromLeft <= fromUpperLeft) return left;
  return fromUp <= fromUpperLeft ? up : upperLeft;
}

const predictors: readonly ((left: number, up: number, upperLeft: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

/** Undoes the filters in place; each row of `raw` begins with the number of its filter. */
function unfilter(raw: Buffer, rowLength: number, height: number, channels: number): void {
  for (let row = 0; row < height; row++) {
    const start = row * (rowLength + 1) + 1;
    const predict = predictors[raw[start - 1] ?? 0];
    if (predict === undefined) throw new Error("The PNG has an unknown filter.");
    for (let index = 0; index < rowLength; index++) {
      const at = start + index;
      const above = at - rowLength - 1;
      const left = index < channels ? 0 : (raw[at - channels] ?? 0);
      const up = row === 0 ? 0 : (raw[above] ?? 0);
      const upperLeft = row === 0 || index < channels ? 0 : (raw[above - channels] ?? 0);
      raw[at] = ((raw[at] ?? 0) + predict(left, up, upperLeft)) & 0xff;
    }
  }
}

/** @throws Error for another kind of PNG. */
export function decodePng(bytes: Uint8Array): Raster {
  const { header, palette, transparency, data } = readChunks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (header.length < 13) throw new Error("The PNG has no header.");
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType = -1, , , interlace] = header.subarray(8);
  const channels = channelsOf[colourType];
  if (depth !== 8 || channels === undefined || interlace !== 0) throw new Error("The PNG has a form that this program does not draw.");
  if (width * height > maxPixels) throw new Error("The PNG is too large to draw.");
  const rowLength = width * channels;
  const raw = inflateSync(data, { maxOutputLength: (rowLength + 1) * height });
  unfilter(raw, rowLength, height, channels);
  const raster = createRaster(width, height);
  const colourAt = (at: number): readonly [number, number, number, number] => {
    const value = (offset: number): number => raw[at + offset] ?? 0;
    if (colourType === 3) {
      const index = value(0);
      return [palette[index * 3] ?? 0, palette[index * 3 + 1] ?? 0, palette[index * 3 + 2] ?? 0, transparency[index] ?? 255];
    }
    if (channels < 3) return [value(0), value(0), value(0), channels === 2 ? value(1) : 255];
    return [value(0), value(1), value(2), channels === 4 ? value(3) : 255];
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) raster.pixels.set(colourAt(y * (rowLength + 1) + 1 + x * channels), (y * width + x) * 4);
  return raster;
}
