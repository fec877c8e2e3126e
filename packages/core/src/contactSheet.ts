/**
 * The layout of a contact sheet: one image with a square thumbnail per niche of an archive, so that a page with a thousand niches needs
 * one request. Niches are in order, forty per row; an empty niche is transparent.
 */
export const sheetColumns = 40;

/** Sides of the thumbnails in pixels, smallest first: 16 for phones and for a preview. */
export const sheetSides = [16, 32, 64] as const;
export type SheetSide = (typeof sheetSides)[number];

export function isSheetSide(side: number): side is SheetSide {
  return (sheetSides as readonly number[]).includes(side);
}

/** The upper left corner of a niche's thumbnail, in pixels of the sheet. */
export function placeOnSheet(niche: number, side: SheetSide): { readonly x: number; readonly y: number } {
  return { x: (niche % sheetColumns) * side, y: Math.floor(niche / sheetColumns) * side };
}
