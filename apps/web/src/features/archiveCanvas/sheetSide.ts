/** Chooses the contact sheet for the size of the tiles, so that a phone does not load detail that it cannot show. */
import { type SheetSide, sheetSides } from "@pareidolia/core/contactSheet";

/** The images of a sheet may be enlarged by this factor before full images are loaded. */
const maxEnlargement = 1.25;
/** Above two device pixels per CSS pixel, small tiles show no more detail. */
const maxDensity = 2;

/** Device pixels that an image needs in a tile of `cell` CSS pixels. */
export function neededPixels(cell: number, density: number): number {
  return cell * Math.min(maxDensity, Math.max(1, density));
}

/** Whether a sheet with images of this side is sharp enough for this many pixels. */
export function isFineEnough(side: SheetSide, pixels: number): boolean {
  return pixels <= side * maxEnlargement;
}

/** The smallest side that is sharp enough; otherwise the largest, and tiles load full images. */
export function sheetSideFor(cell: number, density: number): SheetSide {
  const pixels = neededPixels(cell, density);
  return sheetSides.find((side) => isFineEnough(side, pixels)) ?? sheetSides[sheetSides.length - 1] ?? 64;
}
