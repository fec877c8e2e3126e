/** Places one image or several in the space above the keys, each as large as whole-number enlargement allows. */
import { imageZoom } from "../marks/imageZoom.ts";

export interface ImageLayout {
  readonly columns: number;
  /** A whole number, or below 1 for an image that is larger than its place. */
  readonly zoom: number;
}

interface Space {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

interface LayoutRequest {
  readonly count: number;
  readonly image: Space;
  readonly space: Space;
  /** Between images. */
  readonly gap: number;
  /** Height of the key below each image; 0 without. */
  readonly caption: number;
  /** Images that do not fit at `fittingSide` are never smaller than this; the page scrolls instead. */
  readonly smallestSide: number;
}

/** Images of at least this side are placed without scrolling, although larger ones would be possible with it. */
const fittingSide = 88;

/**
 * The columns that give the largest images without scrolling, if these have a fair size, otherwise with scrolling; of those, the ones with
 * the fewest rows, then with the fewest empty places.
 */
export function layOutImages({ count, image, space, gap, caption, smallestSide }: LayoutRequest): ImageLayout {
  let fitting = { columns: 1, zoom: 0, rows: count };
  let scrolling = fitting;
  const better = (best: typeof fitting, columns: number, side: number): typeof fitting => {
    const rows = Math.ceil(count / columns);
    const zoom = side <= 0 ? 0 : imageZoom(image, side);
    // More columns without fewer rows would only leave places empty.
    return zoom > best.zoom || (zoom === best.zoom && rows < best.rows) ? { columns, zoom, rows } : best;
  };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const across = (space.width - gap * (columns - 1)) / columns;
    const down = (space.height - gap * (rows - 1)) / rows - caption;
    const side = Math.floor(Math.min(across, down));
    if (side >= fittingSide) fitting = better(fitting, columns, side);
    scrolling = better(scrolling, columns, Math.floor(Math.min(across, Math.max(down, smallestSide))));
  }
  const { columns, zoom } = fitting.zoom > 0 ? fitting : scrolling;
  return { columns, zoom };
}

/** The side of examples that stand in one row of this width, in CSS pixels. */
export function exampleSide(count: number, width: number, gap: number): number {
  return Math.max(1, Math.min(maxExampleSide, Math.floor((width - gap * (count - 1)) / Math.max(1, count))));
}

const maxExampleSide = 132;

export interface KeyColumns {
  readonly desk: number;
  readonly phone: number;
}

const deskColumns = [1, 1, 2, 3, 4, 5, 3, 4, 4, 5, 5];

/** Characters of a name that fits on one line of a narrow key. */
const longName = 24;

function longestOf(options: readonly string[]): number {
  return Math.max(0, ...options.map((option) => option.length));
}

/** Whether the names are so long, and so many, that they need smaller type. */
export function areLong(options: readonly string[]): boolean {
  return options.length > 4 && longestOf(options) > longName;
}

/** Columns of the keys: five digits in a row on a phone, two names, and rows of equal length at a desk; long names get wide keys. */
export function keyColumns(options: readonly string[]): KeyColumns {
  const count = options.length;
  const longest = longestOf(options);
  const phone = longest <= 2 ? Math.min(5, count) : count <= 3 || (longest > longName && !areLong(options)) ? 1 : 2;
  if (longest > longName && count > 3) return { desk: count > 10 ? 3 : 2, phone };
  return { desk: deskColumns[count] ?? (longest > 18 ? 4 : 6), phone };
}
