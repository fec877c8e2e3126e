/** Finds other images for a voter whose images allow no trials: images with more labels, or a second image of each label. */

export interface LabelledImage {
  readonly label: number;
  /** A voter sees one image of each slot. */
  readonly slot: string | number;
}

/** Adds candidates, best first, until there are `size` images, or no more candidates fit. */
type Filling = <T extends LabelledImage>(kept: readonly T[], candidates: readonly T[], size: number) => T[];

function countLabels(images: readonly LabelledImage[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { label } of images) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** Prefers labels that the voter does not see yet, since a trial needs other labels or images besides its own. */
const ofNewLabels: Filling = (kept, candidates, size) => {
  const images = [...kept];
  const labels = new Set(kept.map(({ label }) => label));
  const slots = new Set(kept.map(({ slot }) => slot));
  for (const newLabels of [true, false])
    for (const candidate of candidates) {
      if (images.length >= size) return images;
      if (slots.has(candidate.slot) || (newLabels && labels.has(candidate.label))) continue;
      images.push(candidate);
      labels.add(candidate.label);
      slots.add(candidate.slot);
    }
  return images;
};

/** No label has a single image, for pairs of one label; pairs of labels that the voter does not see yet come first. */
const inPairs: Filling = (kept, candidates, size) => {
  const images = [...kept];
  const counts = countLabels(kept);
  const slots = new Set(kept.map(({ slot }) => slot));
  const known = countLabels([...kept, ...candidates.filter(({ slot }) => !slots.has(slot))]);
  let single = [...counts.values()].filter((count) => count === 1).length;
  for (const fewLabels of [false, true])
    for (const candidate of candidates) {
      const room = size - images.length;
      if (room === 0) return images;
      const { label, slot } = candidate;
      const count = counts.get(label) ?? 0;
      const fits = count === 1 || (count > 1 ? fewLabels && room > single : room > single + 1 && (known.get(label) as number) > 1);
      if (slots.has(slot) || !fits) continue;
      images.push(candidate);
      counts.set(label, count + 1);
      slots.add(slot);
      single += count === 0 ? 1 : count === 1 ? -1 : 0;
    }
  return images;
};

/**
 * Sets of images to try instead: the chosen ones with others, up to `most`; then without the last of them, the last two, and so on.
 * @param candidates best first, the chosen ones included.
 */
export function* otherImages<T extends LabelledImage>(
  chosen: readonly T[],
  candidates: readonly T[],
  most: number,
): Generator<readonly T[]> {
  if (candidates.length === 0) return;
  for (let size = chosen.length + 1; size < most; size++) for (const fill of [ofNewLabels, inPairs]) yield fill(chosen, candidates, size);
  for (let kept = Math.min(chosen.length, most - 1); kept > 0; kept--)
    for (const fill of [ofNewLabels, inPairs]) yield fill(chosen.slice(0, kept), candidates, most);
}
