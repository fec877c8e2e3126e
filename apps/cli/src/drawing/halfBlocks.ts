/** Draws an image with half blocks and 24-bit colours: each character shows two pixels, one above the other. */
import type { Raster } from "./raster.ts";

type Colour = readonly [red: number, green: number, blue: number];

const reset = "\u001b[0m";

function colourAt({ width, height, pixels }: Raster, x: number, y: number): Colour | null {
  const at = (y * width + x) * 4;
  if (y >= height || (pixels[at + 3] ?? 0) < 128) return null;
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
}

const foreground = (colour: Colour): string => `\u001b[38;2;${colour.join(";")}m`;
const background = (colour: Colour): string => `\u001b[48;2;${colour.join(";")}m`;

function cell(upper: Colour | null, lower: Colour | null): string {
  if (upper === null && lower === null) return `${reset} `;
  if (upper === null) return `${reset}${foreground(lower as Colour)}▄`;
  return lower === null ? `${reset}${foreground(upper)}▀` : `${foreground(upper)}${background(lower)}▀`;
}

/** One line for two rows of pixels. Transparent pixels show the terminal's own background. */
export function drawHalfBlocks(raster: Raster): string {
  const lines: string[] = [];
  for (let y = 0; y < raster.height; y += 2) {
    let line = "";
    let last = "";
    for (let x = 0; x < raster.width; x++) {
      const next = cell(colourAt(raster, x, y), colourAt(raster, x, y + 1));
      // The colours still hold, so only the character is needed.
      line += next === last ? next.slice(-1) : next;
      last = next;
    }
    lines.push(`${line}${reset}\n`);
  }
  return lines.join("");
}
