/**
 * The reach of the transposed window: sliding a window with stride 1 over the zero-stuffed output gradient visits, for each input
 * pixel, exactly the outputs that saw it. Padding may exceed the input on one side and fall short on the other, so it is split
 * into what the sliding operator can do and what must be cut or added first.
 */
import type { Pair, SpatialWindow } from "./spatialWindow.ts";

export interface TransposedWindow {
  /** The sides to which the stuffed gradient is cut or filled before the window slides. */
  readonly sides: Pair;
  readonly begin: Pair;
  readonly end: Pair;
}

export function transposeWindow(window: SpatialWindow, input: Pair, stuffed: Pair): TransposedWindow {
  const along = (axis: 0 | 1): { side: number; begin: number; end: number } => {
    const begin = window.extent[axis] - 1 - window.begin[axis];
    const end = input[axis] + window.extent[axis] - 1 - begin - stuffed[axis];
    const most = window.extent[axis] - 1;
    const kept = Math.min(Math.max(end, 0), most);
    return { side: stuffed[axis] + end - kept, begin, end: kept };
  };
  const rows = along(0);
  const columns = along(1);
  return { sides: [rows.side, columns.side], begin: [rows.begin, columns.begin], end: [rows.end, columns.end] };
}
