/** Draws what is seen of a large archive: each image over its confidence; what a search does not mean stands back. */
import { ninesScale, rampColor } from "../marks/confidence.ts";
import { type Grid, placeOf, seenTiles, type View } from "./canvasLayout.ts";
import { meets, type Niche, type Notch } from "./niches.ts";
import { isFineEnough, neededPixels } from "./sheetSide.ts";
import type { TileBitmaps } from "./tileBitmaps.ts";
import { type ContactSheet, partOf, shows } from "./useContactSheet.ts";
import type { Glows } from "./useGlows.ts";

export interface ArchiveDrawing {
  readonly niches: readonly Niche[];
  readonly grid: Grid;
  readonly view: View;
  readonly bitmaps: TileBitmaps;
  readonly sheet: ContactSheet | null;
  /** Whether a sheet is on its way. */
  readonly coming: boolean;
  /** The generation whose archive this is. */
  readonly shown: number;
  readonly search: string;
  /** Place of the tile that is pointed at. */
  readonly pointed: number | null;
  readonly glows: Glows;
  readonly notches: readonly Notch[];
}

interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** From this width on a bar has room for its length; below, its colour alone says the confidence. */
const barWithLength = 48;
/** Opacity of the placeholder for an image that is still loading. */
const placeholderAlpha = 0.3;

/** Sizes the canvas to the screen's own pixels. */
function prepare(canvas: HTMLCanvasElement, grid: Grid): CanvasRenderingContext2D | null {
  const density = window.devicePixelRatio || 1;
  const width = Math.round(grid.width * density);
  const height = Math.round(grid.height * density);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(density, 0, 0, density, 0, 0);
  return context;
}

function squareOf(index: number, { grid, view }: ArchiveDrawing): Square {
  const place = placeOf(index, grid, view);
  const gap = Math.min(8, Math.max(1, grid.cell * view.zoom * 0.05));
  const [left, top] = [Math.round(place.left), Math.round(place.top)];
  return { left, top, side: Math.round(place.left + place.width - gap) - left };
}

/** Enlarged in hard pixels, reduced by averaging. */
function drawImage(context: CanvasRenderingContext2D, niche: Niche, { left, top, side }: Square, drawing: ArchiveDrawing): boolean {
  const { elite } = niche;
  if (!elite) return false;
  const density = window.devicePixelRatio || 1;
  const { sheet, bitmaps, shown } = drawing;
  const scale = side / Math.max(elite.image.width, elite.image.height);
  const [width, height] = [elite.image.width * scale, elite.image.height * scale];
  const [x, y] = [left + (side - width) / 2, top + (side - height) / 2];
  const bitmap = bitmaps.find(elite.image, side * density);
  if (bitmap) {
    context.imageSmoothingEnabled = bitmap.width > width * density;
    context.drawImage(bitmap, x, y, width, height);
    return true;
  }
  // Until its own image is here, that of the elite before it stands in.
  if (!sheet || (!shows(sheet, elite, shown) && sheet.generation > shown)) return false;
  const part = partOf(sheet, niche.niche);
  context.imageSmoothingEnabled = part.side > side * density;
  context.drawImage(sheet.image, part.x, part.y, part.side, part.side, x, y, width, height);
  return true;
}

function drawConfidence(context: CanvasRenderingContext2D, confidence: number, { left, top, side }: Square, frame: string): void {
  const thick = Math.min(6, Math.max(2, Math.round(side * 0.08)));
  const y = top + side + 1;
  context.fillStyle = rampColor(confidence);
  if (side < barWithLength) {
    context.fillRect(left, y, side, thick);
    return;
  }
  context.fillRect(left, y, side * ninesScale(confidence), thick);
  context.strokeStyle = frame;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, y + 0.5, side - 1, thick - 1);
}

/** Loads images one by one where they are too new for the sheet, and all of them where the sheet's are too coarse. */
function ask(seen: readonly number[], drawing: ArchiveDrawing): void {
  const { niches, grid, view, bitmaps, sheet, coming, shown } = drawing;
  const density = window.devicePixelRatio || 1;
  const side = grid.cell * view.zoom * density;
  const fits = sheet === null || isFineEnough(sheet.side, neededPixels(grid.cell * view.zoom, density));
  bitmaps.see(
    seen.flatMap((index) => {
      const elite = niches[index]?.elite;
      return !elite || (coming && view.zoom === 1) || (fits && (coming || shows(sheet, elite, shown))) ? [] : [elite.image];
    }),
    side,
  );
}

export function drawArchive(canvas: HTMLCanvasElement, drawing: ArchiveDrawing): void {
  const { niches, grid, view, search, pointed, glows, notches } = drawing;
  const context = prepare(canvas, grid);
  if (!context) return;
  const style = getComputedStyle(canvas);
  const [hair, mount, frame, ink] = ["--hair", "--mount", "--frame", "--ink"].map((name) => style.getPropertyValue(name)) as [
    string,
    string,
    string,
    string,
  ];
  const seen = seenTiles(grid, view);
  ask(seen, drawing);
  context.clearRect(0, 0, grid.width, grid.height);
  for (const index of seen) {
    const niche = niches[index];
    if (!niche) continue;
    const square = squareOf(index, drawing);
    const { left, top, side } = square;
    context.globalAlpha = meets(niche, search) ? 1 : 0.12;
    if (!drawImage(context, niche, square, drawing)) {
      context.fillStyle = mount;
      context.fillRect(left, top, side, side);
      if (niche.elite) {
        context.globalAlpha *= placeholderAlpha;
        context.fillStyle = rampColor(niche.elite.storedFitness);
        context.fillRect(left, top, side, side);
        context.globalAlpha /= placeholderAlpha;
      }
    }
    // A white image on paper still has its edge.
    context.strokeStyle = hair;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
    if (niche.elite && grid.cellHeight > grid.cell) drawConfidence(context, niche.elite.storedFitness, square, frame);
  }
  context.globalAlpha = 1;
  context.fillStyle = ink;
  for (const { place } of notches) {
    if (place % grid.columns === 0 || place >= grid.count) continue;
    const { left, top, side } = squareOf(place, drawing);
    context.fillRect(left - 2, top - 1, 2, side + 5);
  }
  for (const index of glows.size === 0 ? [] : seen) {
    const niche = niches[index];
    const strength = niche ? glows.get(niche.niche) : undefined;
    if (!niche?.elite || strength === undefined) continue;
    const { left, top, side } = squareOf(index, drawing);
    context.globalAlpha = strength;
    context.strokeStyle = rampColor(niche.elite.storedFitness);
    context.lineWidth = 2;
    context.strokeRect(left, top, side, side);
  }
  context.globalAlpha = 1;
  if (pointed === null) return;
  const { left, top, side } = squareOf(pointed, drawing);
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.strokeRect(left - 1, top - 1, side + 2, side + 2);
}
