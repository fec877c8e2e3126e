/**
 * The layout of a large archive's tiles and the visible part. The tiles form a grid as wide as the canvas. The view is an offset into the
 * grid and a zoom factor, which is 1 if the whole archive is visible.
 */

export interface Grid {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** Side of a tile's square, with its gap. */
  readonly cell: number;
  /** Height of the square and the bar below it. */
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
const maxTile = 320;
const barShare = 0.15;
const smallestCell = 14;

/**
 * The grid for tiles in a space of a given width. It has an aspect ratio of 8:5, so that 1,000 tiles form 40 columns and 25 rows, and
 * fewer columns if tiles would be too small. Cells have whole pixels, so all tiles have the same size.
 */
export function layOut(count: number, availableWidth: number): Grid {
  const columns = Math.max(1, Math.min(Math.ceil(Math.sqrt(count * 1.6)), Math.floor(availableWidth / smallestCell)));
  const rows = Math.ceil(count / columns);
  const cell = Math.max(1, Math.floor(availableWidth / columns));
  const cellHeight = cell + Math.max(3, Math.round(cell * barShare));
  return { count, columns, rows, cell, cellHeight, width: columns * cell, height: rows * cellHeight };
}

/** Limits the zoom to between the whole archive and one large tile, and the view to the grid. */
export function clampView(view: View, grid: Grid): View {
  const zoom = Math.max(1, Math.min(Math.max(1, maxTile / grid.cell), view.zoom));
  const clamp = (offset: number, size: number) => Math.max(0, Math.min(size - size / zoom, offset));
  return { zoom, x: clamp(view.x, grid.width), y: clamp(view.y, grid.height) };
}

/** Zooms by a factor around a point of the canvas. */
export function zoomAt(view: View, grid: Grid, factor: number, left: number, top: number): View {
  const zoom = clampView({ ...view, zoom: view.zoom * factor }, grid).zoom;
  return clampView({ zoom, x: view.x + left / view.zoom - left / zoom, y: view.y + top / view.zoom - top / zoom }, grid);
}

/** Moves the view by pixels of the canvas. */
export function panBy(view: View, grid: Grid, left: number, top: number): View {
  return clampView({ ...view, x: view.x + left / view.zoom, y: view.y + top / view.zoom }, grid);
}

/** The position of a tile on the canvas, with its bar. */
export function positionOf(index: number, grid: Grid, view: View): Rectangle {
  const column = index % grid.columns;
  const row = Math.floor(index / grid.columns);
  return {
    left: (column * grid.cell - view.x) * view.zoom,
    top: (row * grid.cellHeight - view.y) * view.zoom,
    width: grid.cell * view.zoom,
    height: grid.cellHeight * view.zoom,
  };
}

/** The tile at a point of the canvas; null if there is none. */
export function tileAt(left: number, top: number, grid: Grid, view: View): number | null {
  const column = Math.floor((left / view.zoom + view.x) / grid.cell);
  const row = Math.floor((top / view.zoom + view.y) / grid.cellHeight);
  const index = row * grid.columns + column;
  return column >= 0 && column < grid.columns && row >= 0 && index < grid.count ? index : null;
}

/** The tiles that are at least partly visible, row by row. */
export function visibleTiles(grid: Grid, view: View): readonly number[] {
  const visible: number[] = [];
  const lastRow = Math.min(grid.rows - 1, Math.floor((view.y + grid.height / view.zoom) / grid.cellHeight));
  const lastColumn = Math.min(grid.columns - 1, Math.floor((view.x + grid.width / view.zoom) / grid.cell));
  for (let row = Math.floor(view.y / grid.cellHeight); row <= lastRow; row += 1) {
    for (let column = Math.floor(view.x / grid.cell); column <= lastColumn; column += 1) {
      const index = row * grid.columns + column;
      if (index < grid.count) visible.push(index);
    }
  }
  return visible;
}

/** The nearest view that shows the whole tile. */
export function reveal(index: number, grid: Grid, view: View): View {
  const tile = positionOf(index, grid, view);
  const shift = (start: number, size: number, visibleSize: number) => Math.min(0, start) + Math.max(0, start + size - visibleSize);
  return panBy(view, grid, shift(tile.left, tile.width, grid.width), shift(tile.top, tile.height, grid.height));
}
