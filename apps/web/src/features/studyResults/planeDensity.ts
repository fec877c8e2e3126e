/** The density layer of a plane with many images: the number of dots in each small square, drawn in the colour of people. */
import type { PlanePlaces, PlaneScale } from "./planeScale.ts";

/** CSS pixels on a side of a square. */
export const squareSide = 3;

export interface Density {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, from the upper left. */
  readonly counts: Uint32Array;
  readonly greatest: number;
}

export function densityOf({ x, y }: PlanePlaces, scale: Pick<PlaneScale, "width" | "height">): Density {
  const [columns, rows] = [Math.ceil(scale.width / squareSide), Math.ceil(scale.height / squareSide)];
  const counts = new Uint32Array(columns * rows);
  let greatest = 0;
  for (let index = 0; index < x.length; index++) {
    // NaN, of an image without votes, is in no square.
    const column = Math.floor((x[index] as number) / squareSide);
    const row = Math.floor((y[index] as number) / squareSide);
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) continue;
    const at = row * columns + column;
    const count = (counts[at] as number) + 1;
    counts[at] = count;
    if (count > greatest) greatest = count;
  }
  return { columns, rows, counts, greatest };
}

/** The least opacity of a square with a dot, so that a single image among thousands can be seen. */
const leastOpacity = 0.3;

/** Opacity of a square, 0 to 1: by the logarithm of its count. */
export function opacityOf(count: number, greatest: number): number {
  if (count === 0) return 0;
  return greatest <= 1 ? 0.8 : leastOpacity + (1 - leastOpacity) * (Math.log(count) / Math.log(greatest));
}

/** @param color red, green and blue, 0 to 255. @returns RGBA, one pixel for each square. */
export function densityPixels({ counts, greatest }: Density, color: readonly [number, number, number]): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(counts.length * 4);
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number;
    if (count === 0) continue;
    pixels[4 * at] = color[0];
    pixels[4 * at + 1] = color[1];
    pixels[4 * at + 2] = color[2];
    pixels[4 * at + 3] = Math.round(255 * opacityOf(count, greatest));
  }
  return pixels;
}

/** A CSS colour such as #b5410b as numbers. */
export function colorOf(hex: string): readonly [number, number, number] {
  const text = hex.trim().replace(/^#/, "");
  return [0, 2, 4].map((at) => Number.parseInt(text.slice(at, at + 2), 16) || 0) as unknown as readonly [number, number, number];
}
