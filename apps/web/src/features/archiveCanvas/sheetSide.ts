/** Chooses the contact sheet for the size of the tiles, so that a phone does not load detail that it cannot show. */
import { type SheetSide, sheetSides } from "@pareidolia/core/contactSheet";

/** A sheet's images may be enlarged by this much before whole images are loaded. */
const enlargement = 1.25;
/** Beyond two screen pixels for each page pixel, a tile this small shows no more detail. */
const mostDensity = 2;

/** Screen pixels that an image needs in a tile of `cell` page pixels. */
export function neededPixels(cell: number, density: number): number {
  return cell * Math.min(mostDensity, Math.max(1, density));
}

/** Whether a sheet with images of this side is sharp enough for this many pixels. */
export function isFineEnough(side: SheetSide, pixels: number): boolean {
  return pixels <= side * enlargement;
}

/** The smallest side that is sharp enough, or the largest if none is; tiles then load full images. */
export function sheetSideFor(cell: number, density: number): SheetSide {
  const pixels = neededPixels(cell, density);
  return sheetSides.find((side) => isFineEnough(side, pixels)) ?? sheetSides[sheetSides.length - 1] ?? 64;
}
