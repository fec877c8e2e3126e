/**
 * Draws an image as sixels (DEC STD 070, chapter 9): bands of six rows, in which each colour of the palette is drawn over the band. The
 * palette is a fixed cube of 6 x 6 x 6 colours and 24 greys between, so that a frame needs no other than the one before it.
 */
import type { Raster } from "./raster.ts";

const levels = [0, 51, 102, 153, 204, 255];
const greys = Array.from({ length: 24 }, (_, index) => 5 + index * 10);
const palette: readonly (readonly [number, number, number])[] = [
  ...levels.flatMap((red) => levels.flatMap((green) => levels.map((blue) => [red, green, blue] as const))),
  ...greys.map((grey) => [grey, grey, grey] as const),
];
const bandRows = 6;

const nearestLevel = (value: number): number => Math.round(value / 51);

/** Index of the nearest colour. */
function indexOf(red: number, green: number, blue: number): number {
  const [r, g, b] = [nearestLevel(red), nearestLevel(green), nearestLevel(blue)];
  const cube = r * 36 + g * 6 + b;
  const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
  if (spread > 12) return cube;
  const mean = (red + green + blue) / 3;
  const grey = Math.min(greys.length - 1, Math.max(0, Math.round((mean - 5) / 10)));
  const distance = (value: number): number => Math.abs(value - mean);
  return distance(greys[grey] ?? 0) < distance((levels[r] ?? 0) / 3 + (levels[g] ?? 0) / 3 + (levels[b] ?? 0) / 3) ? 216 + grey : cube;
}

/** Repeats of four or more are written as `!count character`. */
function compress(characters: string): string {
  return characters.replaceAll(/(.)\1{3,}/g, (run, character: string) => `!${run.length}${character}`);
}

const percent = (value: number): number => Math.round((value * 100) / 255);

export function drawSixels({ width, height, pixels }: Raster): string {
  const used = new Set<number>();
  const bands: string[] = [];
  for (let top = 0; top < height; top += bandRows) {
    const rows = new Map<number, number[]>();
    for (let y = top; y < Math.min(height, top + bandRows); y++)
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 4;
        if ((pixels[at + 3] ?? 0) < 128) continue;
        const colour = indexOf(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
        let bits = rows.get(colour);
        if (bits === undefined) {
          bits = Array<number>(width).fill(0);
          rows.set(colour, bits);
        }
        bits[x] = (bits[x] ?? 0) | (1 << (y - top));
      }
    for (const colour of rows.keys()) used.add(colour);
    const drawn = [...rows].map(
      ([colour, bits]) => `#${colour}${compress(String.fromCharCode(...bits.map((bit) => 63 + bit)).replace(/\?+$/, ""))}`,
    );
    bands.push(drawn.join("$"));
  }
  const colours = [...used].sort((a, b) => a - b).map((index) => `#${index};2;${(palette[index] ?? [0, 0, 0]).map(percent).join(";")}`);
  // Transparent pixels keep the background: the second parameter is 1.
  return `\u001bP0;1;0q"1;1;${width};${height}${colours.join("")}${bands.join("-")}\u001b\\\n`;
}
