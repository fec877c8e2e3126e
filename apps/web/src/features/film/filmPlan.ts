/** Which generations a film shows, and where it draws what. */
import { sheetColumns } from "@pareidolia/core/contactSheet";

/** Both ends, and so many in between as there is room for, evenly; a short run is shown whole. */
export function pickGenerations(last: number, most: number): readonly number[] {
  const count = Math.min(last + 1, most);
  if (count < 2) return last < 0 ? [] : [last];
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round((i * last) / (count - 1))))];
}

export interface FilmPlan {
  readonly kind: "plaques" | "sheet";
  readonly mostFrames: number;
  readonly columns: number;
  /** Of an image, in pixels. */
  readonly side: number;
  /** From one tile to the next. */
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
}

export const filmMargin = 24;
/** The line above with the run's name and the generation. */
export const filmHead = 48;

/** A few niches stand as plaques with label and number; many as one sheet. Niches keep their place in the order of classes. */
export function planFilm(niches: number, imageSide: number, largestPlaques: number): FilmPlan {
  const few = niches <= largestPlaques;
  const columns = few ? Math.min(5, niches) : Math.min(sheetColumns, niches);
  const side = few ? imageSide * Math.max(1, Math.floor(128 / imageSide)) : 20;
  const [stepX, stepY] = few ? [side + 12, side + 44] : [side + 1, side + 4];
  return {
    kind: few ? "plaques" : "sheet",
    mostFrames: few ? 120 : 60,
    columns,
    side,
    stepX,
    stepY,
    width: 2 * filmMargin + columns * stepX - (stepX - side),
    height: filmHead + Math.ceil(niches / columns) * stepY + filmMargin,
  };
}
