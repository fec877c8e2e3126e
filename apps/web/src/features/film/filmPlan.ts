/** The generations that a film shows, and the layout of its frames. */
import { sheetColumns } from "@pareidolia/core/contactSheet";

/** At most `maxFrames` evenly spaced generations including the first and the last; all generations of a short run. */
export function pickGenerations(last: number, maxFrames: number): readonly number[] {
  const count = Math.min(last + 1, maxFrames);
  if (count < 2) return last < 0 ? [] : [last];
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round((i * last) / (count - 1))))];
}

export interface FilmPlan {
  readonly kind: "plaques" | "sheet";
  readonly maxFrames: number;
  readonly columns: number;
  /** Side of an image, in pixels. */
  readonly side: number;
  /** Distance from one tile to the next, in pixels. */
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
}

export const filmMargin = 24;
/** Height of the heading with the run's name and the generation, in pixels. */
export const filmHead = 48;

/** Draws up to `maxPlaques` niches as plaques with label and confidence, and more as a sheet, in order of classes. */
export function planFilm(niches: number, imageSide: number, maxPlaques: number): FilmPlan {
  const few = niches <= maxPlaques;
  const columns = few ? Math.min(5, niches) : Math.min(sheetColumns, niches);
  const side = few ? imageSide * Math.max(1, Math.floor(128 / imageSide)) : 20;
  const [stepX, stepY] = few ? [side + 12, side + 44] : [side + 1, side + 4];
  return {
    kind: few ? "plaques" : "sheet",
    maxFrames: few ? 120 : 60,
    columns,
    side,
    stepX,
    stepY,
    width: 2 * filmMargin + columns * stepX - (stepX - side),
    height: filmHead + Math.ceil(niches / columns) * stepY + filmMargin,
  };
}
