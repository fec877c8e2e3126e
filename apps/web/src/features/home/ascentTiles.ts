/**
 * The tiles of an ascent that goes on, in the order of classes: its surest classes with their pictures and, while there is room, others
 * that have none yet. A picture stands under its own class, whichever classes the run names first.
 */
interface OfClass {
  readonly class: number;
}

export interface AscentTile<Picture> {
  readonly class: number;
  readonly picture: Picture | null;
}

export function ascentTiles<Picture extends OfClass>(
  classes: readonly number[],
  surest: readonly Picture[],
  most: number,
): readonly AscentTile<Picture>[] {
  const shown = surest.slice(0, most).map((picture) => ({ class: picture.class, picture }));
  const taken = new Set(shown.map((tile) => tile.class));
  const others = classes.filter((index) => !taken.has(index)).map((index) => ({ class: index, picture: null }));
  return [...shown, ...others.slice(0, most - shown.length)].toSorted((a, b) => a.class - b.class);
}
