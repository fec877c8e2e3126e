/**
 * The tiles of an ascent that goes on, in the order of classes: its surest classes with their images and, while there is room, others
 * that have none yet. An image stands under its own class, whichever classes the run names first.
 */
interface OfClass {
  readonly class: number;
}

export interface AscentTile<Image> {
  readonly class: number;
  readonly image: Image | null;
}

export function ascentTiles<Image extends OfClass>(
  classes: readonly number[],
  surest: readonly Image[],
  most: number,
): readonly AscentTile<Image>[] {
  const shown = surest.slice(0, most).map((image) => ({ class: image.class, image }));
  const taken = new Set(shown.map((tile) => tile.class));
  const others = classes.filter((index) => !taken.has(index)).map((index) => ({ class: index, image: null }));
  return [...shown, ...others.slice(0, most - shown.length)].toSorted((a, b) => a.class - b.class);
}
