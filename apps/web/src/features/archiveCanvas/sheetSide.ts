/** Which contact sheet suits tiles of a size, so that a phone does not load what it cannot show. */
import { type SheetSide, sheetSides } from "@pareidolia/core/contactSheet";

/** A sheet's images may be enlarged by this much before whole images are loaded. */
const enlargement = 1.25;
/** Finer than two screen pixels to one of the page no one sees the pixels of a tile this small. */
const mostDensity = 2;

/** Screen pixels that a tile's images need, of a tile that is `cell` pixels of the page wide. */
export function neededPixels(cell: number, density: number): number {
  return cell * Math.min(mostDensity, Math.max(1, density));
}

/** Whether images of this side look right where so many pixels are needed. */
export function isFineEnough(side: SheetSide, pixels: number): boolean {
  return pixels <= side * enlargement;
}

/** The smallest side that looks right; the largest where none does, and tiles then load their whole images. */
export function sheetSideFor(cell: number, density: number): SheetSide {
  const pixels = neededPixels(cell, density);
  return sheetSides.find((side) => isFineEnough(side, pixels)) ?? sheetSides[sheetSides.length - 1] ?? 64;
}
