/**
 * Converts genes to pixels. The order of genes is the released code's: column by column (x outer, y inner), with the channels of a
 * pixel together. A gene g becomes 255 g, truncated to a whole number for 8-bit pixels.
 */
import type { ImageShape } from "@pareidolia/core/image";
import { type ColourSpace, toRgb } from "../colour.ts";

export interface DecodeOptions {
  readonly eightBit: boolean;
  readonly colour: ColourSpace;
}

export function decodeGenes(
  genome: Float32Array,
  { width, height, channels }: ImageShape,
  options: DecodeOptions,
  pixels: Float32Array,
): void {
  const { eightBit, colour } = options;
  if (channels === 1) {
    for (let y = 0, at = 0; y < height; y++)
      for (let gene = y; at < (y + 1) * width; gene += height, at++) {
        const value = Math.fround((genome[gene] as number) * 255);
        pixels[at] = eightBit ? Math.floor(value) : value;
      }
    return;
  }
  const row = width * channels;
  let gene = 0;
  for (let x = 0; x < row; x += channels)
    for (let y = 0, at = x; y < height; y++, at += row)
      for (let c = 0; c < channels; c++) {
        const value = Math.fround((genome[gene++] as number) * 255);
        pixels[at + c] = eightBit ? Math.floor(value) : value;
      }
  toRgb(pixels, colour, eightBit);
}
