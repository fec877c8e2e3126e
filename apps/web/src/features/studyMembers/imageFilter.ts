/** Which of a study's images are offered for assignment: by source, label, missing votes, and whether a member has them already. */
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";

export interface ImageFilter {
  readonly source: string | null;
  readonly label: number | null;
  /** Only images with fewer votes than the plan wants. */
  readonly tooFewVotes: boolean;
  /** Only images that no member has. */
  readonly unassigned: boolean;
}

export const noFilter: ImageFilter = { source: null, label: null, tooFewVotes: false, unassigned: false };

export type OfferedImage = Pick<StudyImageRowFragment, "index" | "source" | "label" | "votes">;

/** @param overlap Votes that the plan wants on each image; null if the plan is unknown, and then every image has too few. */
export function filterImages<Row extends OfferedImage>(
  images: readonly Row[],
  { source, label, tooFewVotes, unassigned }: ImageFilter,
  { overlap, assigned }: { readonly overlap: number | null; readonly assigned: ReadonlySet<number> },
): Row[] {
  return images.filter(
    (image) =>
      (source === null || image.source === source) &&
      (label === null || image.label === label) &&
      (!tooFewVotes || overlap === null || image.votes < overlap) &&
      (!unassigned || !assigned.has(image.index)),
  );
}
