/** The tiles of an active ascent in class order: its most confident classes with their images, then classes without an image up to the limit. */
interface ClassImage {
  readonly class: number;
}

export interface AscentTile<Image> {
  readonly class: number;
  readonly image: Image | null;
}

export function ascentTiles<Image extends ClassImage>(
  classes: readonly number[],
  best: readonly Image[],
  max: number,
): readonly AscentTile<Image>[] {
  const shown = best.slice(0, max).map((image) => ({ class: image.class, image }));
  const shownClasses = new Set(shown.map((tile) => tile.class));
  const others = classes.filter((index) => !shownClasses.has(index)).map((index) => ({ class: index, image: null }));
  return [...shown, ...others.slice(0, max - shown.length)].toSorted((a, b) => a.class - b.class);
}
