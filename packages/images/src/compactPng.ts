/**
 * The smallest PNG that we can write, for images embedded in a page: each row gets the filter with the smallest sum of absolute
 * differences (ISO/IEC 15948, section 12.8), and deflate runs at its highest level.
 */
import { deflateSync } from "node:zlib";
import type { ByteImage } from "@pareidolia/core/image";
import { assemblePng } from "./png.ts";

/** Predicts a byte from the bytes to its left, above it and to its upper left. */
type Prediction = (left: number, up: number, upperLeft: number) => number;

/** Indexed by filter type: none, sub, up, average, Paeth. */
const predictions: readonly Prediction[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, upperLeft) => {
    const [a, b, c] = [Math.abs(up - upperLeft), Math.abs(left - upperLeft), Math.abs(left + up - 2 * upperLeft)];
    return a <= b && a <= c ? left : b <= c ? up : upperLeft;
  },
];

export function encodeCompactPng(image: ByteImage): Uint8Array {
  const { width, height, channels, pixels } = image;
  const stride = width * channels;
  const rows = Buffer.alloc((stride + 1) * height);
  const candidate = Buffer.alloc(stride + 1);
  for (let y = 0; y < height; y++) {
    const at = (x: number, row: number): number => (x < 0 || row < 0 ? 0 : (pixels[row * stride + x] as number));
    let smallest = Number.POSITIVE_INFINITY;
    for (const [filter, predict] of predictions.entries()) {
      candidate[0] = filter;
      let sum = 0;
      for (let x = 0; x < stride; x++) {
        const difference = (at(x, y) - predict(at(x - channels, y), at(x, y - 1), at(x - channels, y - 1))) & 255;
        candidate[x + 1] = difference;
        sum += difference < 128 ? difference : 256 - difference;
      }
      if (sum >= smallest) continue;
      smallest = sum;
      rows.set(candidate, y * (stride + 1));
    }
  }
  return assemblePng(image, deflateSync(rows, { level: 9 }));
}
