/** Draws the visible part of a large archive: each image above its confidence bar. Tiles that do not match the search are faded. */
import { ninesScale, rampColor } from "../marks/confidence.ts";
import { type Grid, positionOf, type View, visibleTiles } from "./canvasLayout.ts";
import { matchesSearch, type Niche, type Notch } from "./niches.ts";
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
  readonly isSheetLoading: boolean;
  /** The generation of the archive. */
  readonly shown: number;
  readonly search: string;
  /** Index of the selected or hovered tile. */
  readonly highlighted: number | null;
  readonly glows: Glows;
  readonly notches: readonly Notch[];
}

interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Narrower bars show the confidence by colour only, wider ones by length too. */
const minLengthBar = 48;
/** Opacity of the placeholder for an image that is still loading. */
const placeholderAlpha = 0.3;

/** Sizes the canvas in device pixels. */
function prepareContext(canvas: HTMLCanvasElement, grid: Grid): CanvasRenderingContext2D | null {
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
  const tile = positionOf(index, grid, view);
  const gap = Math.min(8, Math.max(1, grid.cell * view.zoom * 0.05));
  const [left, top] = [Math.round(tile.left), Math.round(tile.top)];
  return { left, top, side: Math.round(tile.left + tile.width - gap) - left };
}

/** Draws the image, enlarged without smoothing or reduced with it. False if no image has loaded. */
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
  // Until its own image loads, show the previous elite of the niche.
  if (!sheet || (!shows(sheet, elite, shown) && sheet.generation > shown)) return false;
  const part = partOf(sheet, niche.niche);
  context.imageSmoothingEnabled = part.side > side * density;
  context.drawImage(sheet.image, part.x, part.y, part.side, part.side, x, y, width, height);
  return true;
}

function drawConfidence(context: CanvasRenderingContext2D, confidence: number, { left, top, side }: Square, frame: string): void {
  const thickness = Math.min(6, Math.max(2, Math.round(side * 0.08)));
  const y = top + side + 1;
  context.fillStyle = rampColor(confidence);
  if (side < minLengthBar) {
    context.fillRect(left, y, side, thickness);
    return;
  }
  context.fillRect(left, y, side * ninesScale(confidence), thickness);
  context.strokeStyle = frame;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, y + 0.5, side - 1, thickness - 1);
}

/** Loads individual images if they are newer than the sheet, or all visible images if the sheet is too coarse. */
function loadImages(visible: readonly number[], drawing: ArchiveDrawing): void {
  const { niches, grid, view, bitmaps, sheet, isSheetLoading, shown } = drawing;
  const density = window.devicePixelRatio || 1;
  const side = grid.cell * view.zoom * density;
  const isSheetFine = sheet === null || isFineEnough(sheet.side, neededPixels(grid.cell * view.zoom, density));
  bitmaps.load(
    visible.flatMap((index) => {
      const elite = niches[index]?.elite;
      return !elite || (isSheetLoading && view.zoom === 1) || (isSheetFine && (isSheetLoading || shows(sheet, elite, shown)))
        ? []
        : [elite.image];
    }),
    side,
  );
}

export function drawArchive(canvas: HTMLCanvasElement, drawing: ArchiveDrawing): void {
  const { niches, grid, view, search, highlighted, glows, notches } = drawing;
  const context = prepareContext(canvas, grid);
  if (!context) return;
  const style = getComputedStyle(canvas);
  const [hair, mount, frame, ink] = ["--hair", "--mount", "--frame", "--ink"].map((name) => style.getPropertyValue(name)) as [
    string,
    string,
    string,
    string,
  ];
  const visible = visibleTiles(grid, view);
  loadImages(visible, drawing);
  context.clearRect(0, 0, grid.width, grid.height);
  for (const index of visible) {
    const niche = niches[index];
    if (!niche) continue;
    const square = squareOf(index, drawing);
    const { left, top, side } = square;
    context.globalAlpha = matchesSearch(niche, search) ? 1 : 0.12;
    if (!drawImage(context, niche, square, drawing)) {
      context.fillStyle = mount;
      context.fillRect(left, top, side, side);
      if (niche.elite) {
        context.globalAlpha *= placeholderAlpha;
        context.fillStyle = rampColor(niche.elite.storedConfidence);
        context.fillRect(left, top, side, side);
        context.globalAlpha /= placeholderAlpha;
      }
    }
    // Outline, so that white images have an edge.
    context.strokeStyle = hair;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
    if (niche.elite && grid.cellHeight > grid.cell) drawConfidence(context, niche.elite.storedConfidence, square, frame);
  }
  context.globalAlpha = 1;
  context.fillStyle = ink;
  for (const { position } of notches) {
    if (position % grid.columns === 0 || position >= grid.count) continue;
    const { left, top, side } = squareOf(position, drawing);
    context.fillRect(left - 2, top - 1, 2, side + 5);
  }
  for (const index of glows.size === 0 ? [] : visible) {
    const niche = niches[index];
    const strength = niche ? glows.get(niche.niche) : undefined;
    if (!niche?.elite || strength === undefined) continue;
    const { left, top, side } = squareOf(index, drawing);
    context.globalAlpha = strength;
    context.strokeStyle = rampColor(niche.elite.storedConfidence);
    context.lineWidth = 2;
    context.strokeRect(left, top, side, side);
  }
  context.globalAlpha = 1;
  if (highlighted === null) return;
  const { left, top, side } = squareOf(highlighted, drawing);
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.strokeRect(left - 1, top - 1, side + 2, side + 2);
}
