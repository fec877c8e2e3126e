/** Draws what is seen of a large archive: each image in hard pixels over its confidence bar; what a search does not mean stands back. */
import { ninesScale, rampColor } from "../marks/confidence.ts";
import { type Grid, placeOf, seenTiles, type View } from "./canvasLayout.ts";
import { meets, type Niche } from "./niches.ts";
import type { TileBitmaps } from "./tileBitmaps.ts";

interface ArchiveDrawing {
  readonly niches: readonly Niche[];
  readonly grid: Grid;
  readonly view: View;
  readonly bitmaps: TileBitmaps;
  readonly search: string;
  /** Place of the tile that is pointed at. */
  readonly pointed: number | null;
}

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

export function drawArchive(canvas: HTMLCanvasElement, { niches, grid, view, bitmaps, search, pointed }: ArchiveDrawing): void {
  const context = prepare(canvas, grid);
  if (!context) return;
  const style = getComputedStyle(canvas);
  const [hair, ink] = [style.getPropertyValue("--hair"), style.getPropertyValue("--ink")];
  const density = window.devicePixelRatio || 1;
  const side = grid.cell * view.zoom;
  const gap = Math.min(8, Math.max(1, side * 0.05));
  const bar = Math.min(6, Math.max(2, side * 0.08));
  const seen = seenTiles(grid, view);
  bitmaps.see(
    seen.flatMap((index) => niches[index]?.elite?.image ?? []),
    side * density,
  );
  context.clearRect(0, 0, grid.width, grid.height);
  context.imageSmoothingEnabled = false;
  for (const index of seen) {
    const niche = niches[index];
    if (!niche) continue;
    const place = placeOf(index, grid, view);
    const [left, top] = [Math.round(place.left), Math.round(place.top)];
    const square = Math.round(place.left + place.width - gap) - left;
    context.globalAlpha = meets(niche, search) ? 1 : 0.12;
    const elite = niche.elite;
    const bitmap = elite ? bitmaps.find(elite.image, side * density) : null;
    if (bitmap) {
      const scale = square / Math.max(bitmap.width, bitmap.height);
      const [width, height] = [bitmap.width * scale, bitmap.height * scale];
      context.drawImage(bitmap, left + (square - width) / 2, top + (square - height) / 2, width, height);
    } else {
      context.fillStyle = hair;
      context.fillRect(left, top, square, square);
    }
    if (elite) {
      context.fillStyle = hair;
      context.fillRect(left, top + square + 1, square, bar);
      context.fillStyle = rampColor(elite.storedFitness);
      context.fillRect(left, top + square + 1, square * ninesScale(elite.storedFitness), bar);
    }
    if (index === pointed) {
      context.globalAlpha = 1;
      context.strokeStyle = ink;
      context.lineWidth = 2;
      context.strokeRect(left - 1, top - 1, square + 2, square + 2);
    }
  }
  context.globalAlpha = 1;
}
