/**
 * Where the tiles of a large archive lie, and what part of them is seen. The tiles form a grid as wide as the canvas; the view is an
 * offset into that grid and a zoom, 1 where the whole archive fits.
 */

export interface Grid {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** A tile's square, with its gap. */
  readonly cell: number;
  /** The square and the bar below it. */
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const wholeView: View = { zoom: 1, x: 0, y: 0 };
const largestTile = 320;
const barShare = 0.15;
const smallestCell = 14;

/**
 * Wider than high by 8 to 5, as the page is: 1,000 tiles make 40 columns of 25; fewer columns where tiles would be too small to tell
 * apart. Cells are whole pixels, so every tile is drawn alike.
 */
export function layOut(count: number, room: number): Grid {
  const columns = Math.max(1, Math.min(Math.ceil(Math.sqrt(count * 1.6)), Math.floor(room / smallestCell)));
  const rows = Math.ceil(count / columns);
  const cell = Math.max(1, Math.floor(room / columns));
  const cellHeight = cell + Math.max(3, Math.round(cell * barShare));
  return { count, columns, rows, cell, cellHeight, width: columns * cell, height: rows * cellHeight };
}

/** Keeps the zoom between the whole archive and one large tile, and the view inside the grid. */
export function clampView(view: View, grid: Grid): View {
  const zoom = Math.max(1, Math.min(Math.max(1, largestTile / grid.cell), view.zoom));
  const within = (offset: number, size: number) => Math.max(0, Math.min(size - size / zoom, offset));
  return { zoom, x: within(view.x, grid.width), y: within(view.y, grid.height) };
}

/** Zooms by a factor; what lies under the point of the canvas stays there. */
export function zoomAt(view: View, grid: Grid, factor: number, left: number, top: number): View {
  const zoom = clampView({ ...view, zoom: view.zoom * factor }, grid).zoom;
  return clampView({ zoom, x: view.x + left / view.zoom - left / zoom, y: view.y + top / view.zoom - top / zoom }, grid);
}

/** Moves what is seen by pixels of the canvas. */
export function panBy(view: View, grid: Grid, left: number, top: number): View {
  return clampView({ ...view, x: view.x + left / view.zoom, y: view.y + top / view.zoom }, grid);
}

/** The tile's place on the canvas, square and bar. */
export function placeOf(index: number, grid: Grid, view: View): Rectangle {
  const column = index % grid.columns;
  const row = Math.floor(index / grid.columns);
  return {
    left: (column * grid.cell - view.x) * view.zoom,
    top: (row * grid.cellHeight - view.y) * view.zoom,
    width: grid.cell * view.zoom,
    height: grid.cellHeight * view.zoom,
  };
}

/** The tile under a point of the canvas; null beside them all. */
export function tileAt(left: number, top: number, grid: Grid, view: View): number | null {
  const column = Math.floor((left / view.zoom + view.x) / grid.cell);
  const row = Math.floor((top / view.zoom + view.y) / grid.cellHeight);
  const index = row * grid.columns + column;
  return column >= 0 && column < grid.columns && row >= 0 && index < grid.count ? index : null;
}

/** The tiles of which any part is seen, row by row. */
export function seenTiles(grid: Grid, view: View): readonly number[] {
  const seen: number[] = [];
  const lastRow = Math.min(grid.rows - 1, Math.floor((view.y + grid.height / view.zoom) / grid.cellHeight));
  const lastColumn = Math.min(grid.columns - 1, Math.floor((view.x + grid.width / view.zoom) / grid.cell));
  for (let row = Math.floor(view.y / grid.cellHeight); row <= lastRow; row += 1) {
    for (let column = Math.floor(view.x / grid.cell); column <= lastColumn; column += 1) {
      const index = row * grid.columns + column;
      if (index < grid.count) seen.push(index);
    }
  }
  return seen;
}

/** The nearest view that shows the whole tile. */
export function reveal(index: number, grid: Grid, view: View): View {
  const place = placeOf(index, grid, view);
  const shift = (start: number, size: number, seen: number) => Math.min(0, start) + Math.max(0, start + size - seen);
  return panBy(view, grid, shift(place.left, place.width, grid.width), shift(place.top, place.height, grid.height));
}
