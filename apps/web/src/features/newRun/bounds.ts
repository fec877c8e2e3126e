/** Bounds as they are typed: numbers apart by spaces or commas, in pixel values of 0 to 255. */
const mostBounds = 64;
const largestBound = 100_000;

/** Null where the text means no list of bounds; an empty text is the attack's own bound. */
export function readBounds(text: string): readonly number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const bounds = [...new Set(words.map(Number))].sort((a, b) => a - b);
  if (bounds.length > mostBounds || bounds.some((bound) => !(bound > 0 && bound <= largestBound))) return null;
  return bounds;
}

export const boundWords = `At most ${mostBounds} numbers above 0, apart by spaces, such as 0.5 1 2 4 8.`;
