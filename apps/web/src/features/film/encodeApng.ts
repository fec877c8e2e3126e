/**
 * Encodes animated PNGs (PNG third edition, section 11.3.7): lossless and played by every browser, so a film shows the exact pixels. Each
 * frame after the first contains only the changed pixels; the others are transparent and show the previous frame.
 */

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const channels = 4;
const filterUp = 2;
const colourTypeRgba = 6;
const blendOver = 1;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, length: number, write: (data: DataView, bytes: Uint8Array) => void): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  write(new DataView(bytes.buffer, 8, length), bytes.subarray(8, 8 + length));
  view.setUint32(8 + length, crc32(bytes.subarray(4, 8 + length)));
  return bytes;
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Encodes each row as its difference from the row above, so that enlarged pixels become zeros. */
function filterRows(pixels: Uint8Array | Uint8ClampedArray, width: number, height: number): Uint8Array<ArrayBuffer> {
  const stride = width * channels;
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    rows[y * (stride + 1)] = filterUp;
    for (let x = 0; x < stride; x++)
      rows[y * (stride + 1) + 1 + x] = (pixels[y * stride + x] as number) - (y === 0 ? 0 : (pixels[(y - 1) * stride + x] as number));
  }
  return rows;
}

/** The pixels that differ from the previous frame; unchanged pixels become transparent. */
function changesSince(before: Uint8Array | Uint8ClampedArray, now: Uint8Array | Uint8ClampedArray): Uint8Array {
  const changed = new Uint8Array(now.length);
  for (let i = 0; i < now.length; i += channels) {
    if (now[i] === before[i] && now[i + 1] === before[i + 1] && now[i + 2] === before[i + 2]) continue;
    changed.set(now.subarray(i, i + channels), i);
  }
  return changed;
}

export interface ApngShape {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

export class ApngWriter {
  readonly #shape: ApngShape;
  readonly #parts: Uint8Array<ArrayBuffer>[];
  #sequence = 0;
  #added = 0;
  #before: Uint8Array | Uint8ClampedArray | null = null;

  /** The film plays once and stops at its last frame. */
  constructor(shape: ApngShape) {
    this.#shape = shape;
    this.#parts = [
      Uint8Array.from(signature),
      chunk("IHDR", 13, (data) => {
        data.setUint32(0, shape.width);
        data.setUint32(4, shape.height);
        data.setUint8(8, 8);
        data.setUint8(9, colourTypeRgba);
      }),
      chunk("acTL", 8, (data) => {
        data.setUint32(0, shape.frames);
        data.setUint32(4, 1);
      }),
    ];
  }

  /** `pixels`: opaque RGBA, row by row. `milliseconds`: how long the frame is shown. */
  async add(pixels: Uint8Array | Uint8ClampedArray, milliseconds: number): Promise<void> {
    const { width, height } = this.#shape;
    const shown = this.#before === null ? pixels : changesSince(this.#before, pixels);
    const compressed = await deflate(filterRows(shown, width, height));
    this.#parts.push(
      chunk("fcTL", 26, (data) => {
        data.setUint32(0, this.#sequence++);
        data.setUint32(4, width);
        data.setUint32(8, height);
        data.setUint16(20, milliseconds);
        data.setUint16(22, 1000);
        data.setUint8(25, this.#before === null ? 0 : blendOver);
      }),
      this.#before === null
        ? chunk("IDAT", compressed.length, (_, bytes) => bytes.set(compressed))
        : chunk("fdAT", compressed.length + 4, (data, bytes) => {
            data.setUint32(0, this.#sequence++);
            bytes.set(compressed, 4);
          }),
    );
    this.#before = pixels;
    this.#added++;
  }

  /** The file's bytes, in parts. @throws RangeError unless all frames were added. */
  finish(): readonly Uint8Array<ArrayBuffer>[] {
    if (this.#added !== this.#shape.frames) throw new RangeError(`${this.#added} of ${this.#shape.frames} frames were added.`);
    return [...this.#parts, chunk("IEND", 0, () => undefined)];
  }
}
