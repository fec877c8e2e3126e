/**
 * A contact sheet: one image that holds the image of each niche of an archive, small and square, so that a page of a thousand asks
 * once. Niche after niche in rows of forty; a niche that nobody holds is transparent.
 */
export const sheetColumns = 40;

/** Sides of the small images in pixels, the coarsest first: 16 for a phone and for a first look. */
export const sheetSides = [16, 32, 64] as const;
export type SheetSide = (typeof sheetSides)[number];

export function isSheetSide(side: number): side is SheetSide {
  return (sheetSides as readonly number[]).includes(side);
}

/** The upper left corner of a niche's place, in pixels of the sheet. */
export function placeOnSheet(niche: number, side: SheetSide): { readonly x: number; readonly y: number } {
  return { x: (niche % sheetColumns) * side, y: Math.floor(niche / sheetColumns) * side };
}
