/** Votes on a study's images as the API's subscription sends them. */
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";

/** Votes and agreeing votes by the index of the counted image. */
export type Tallies = ReadonlyMap<number, readonly [votes: number, agreeing: number]>;

function isTally(value: unknown): value is readonly [number, number, number] {
  return Array.isArray(value) && value.length === 3 && value.every((part) => Number.isInteger(part));
}

/** @param changed lists of [index, votes, agreeing votes]; anything else is ignored. */
export function withTallies(tallies: Tallies, changed: unknown): Tallies {
  if (!Array.isArray(changed)) return tallies;
  const next = new Map(tallies);
  for (const tally of changed) if (isTally(tally)) next.set(tally[0], [tally[1], tally[2]]);
  return next;
}

export function applyTallies(images: readonly StudyImageRowFragment[], tallies: Tallies): readonly StudyImageRowFragment[] {
  if (tallies.size === 0) return images;
  return images.map((row) => {
    const tally = row.role === "COUNTED" ? tallies.get(row.index) : undefined;
    return tally === undefined ? row : { ...row, votes: tally[0], agreeing: tally[1] };
  });
}
