/** Lays the thumbnails of a contact sheet out for a window: as large as fit, in order of niches. */
import { placeOnSheet, type SheetSide, sheetSides } from "@pareidolia/core/contactSheet";
import { createRaster, drawScaled, type Raster } from "./raster.ts";

export interface Room {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  /** Side of a thumbnail in pixels; even, since a character has two rows of half blocks. */
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
}

const smallest = 2;

/** The largest thumbnails with which all niches fit; if none do, the smallest, and the last rows are cut off. */
export function layOut(nicheCount: number, { width, height }: Room, largest: number): Layout {
  for (let side = largest - (largest % 2); side > smallest; side -= 2) {
    const columns = Math.floor(width / side);
    if (columns > 0 && Math.ceil(nicheCount / columns) * side <= height) return withColumns(nicheCount, side, columns);
  }
  return withColumns(nicheCount, smallest, Math.max(1, Math.floor(width / smallest)));
}

function withColumns(nicheCount: number, side: number, columns: number): Layout {
  const used = Math.min(columns, nicheCount);
  return { side, columns: used, rows: Math.ceil(nicheCount / used) };
}

/** The thumbnails of the sheet that has enough pixels for the layout. */
export function sheetSideFor({ side }: Layout): SheetSide {
  return sheetSides.find((each) => each >= side) ?? 64;
}

/** `sheet` has thumbnails of `sheetSide` pixels. */
export function drawArchive(sheet: Raster, sheetSide: SheetSide, nicheCount: number, { side, columns, rows }: Layout): Raster {
  const drawn = createRaster(columns * side, rows * side);
  for (let niche = 0; niche < nicheCount; niche++) {
    const { x, y } = placeOnSheet(niche, sheetSide);
    if (y + sheetSide > sheet.height || x + sheetSide > sheet.width) continue;
    const to = { x: (niche % columns) * side, y: Math.floor(niche / columns) * side, width: side, height: side };
    drawScaled(sheet, { x, y, width: sheetSide, height: sheetSide }, drawn, to);
  }
  return drawn;
}
