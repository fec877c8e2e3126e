/**
 * Geometry of the transposed window: sliding it with stride 1 over the zero-stuffed output gradient visits, for each input pixel,
 * exactly the outputs that read it. Its padding can be negative or exceed the window, so it is split into the padding of the sliding
 * operator and an amount to cut or add first.
 */
import type { Pair, SpatialWindow } from "./spatialWindow.ts";

export interface TransposedWindow {
  /** The size to which the stuffed gradient is cut or padded first. */
  readonly sides: Pair;
  readonly begin: Pair;
  readonly end: Pair;
}

export function transposeWindow(window: SpatialWindow, input: Pair, stuffed: Pair): TransposedWindow {
  const along = (axis: 0 | 1): { side: number; begin: number; end: number } => {
    const begin = window.extent[axis] - 1 - window.begin[axis];
    const end = input[axis] + window.extent[axis] - 1 - begin - stuffed[axis];
    const max = window.extent[axis] - 1;
    const padding = Math.min(Math.max(end, 0), max);
    return { side: stuffed[axis] + end - padding, begin, end: padding };
  };
  const rows = along(0);
  const columns = along(1);
  return { sides: [rows.side, columns.side], begin: [rows.begin, columns.begin], end: [rows.end, columns.end] };
}
