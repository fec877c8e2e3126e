/** A run's pictures where runs are listed, in the order of classes: its elites, or an ascent's surest of each class. */
import type { ListTrajectoryFragment, TileEliteFragment } from "../../graphql/generated/graphql.ts";
import type { PixelSource } from "../marks/pixelSource.ts";

interface Listed {
  readonly archive: readonly TileEliteFragment[];
  readonly bestTrajectories: readonly ListTrajectoryFragment[];
}

export function listPictures({ archive, bestTrajectories }: Listed): readonly PixelSource[] {
  return archive.length > 0
    ? archive.toSorted((a, b) => a.niche - b.niche).map(({ image }) => image)
    : bestTrajectories.toSorted((a, b) => a.class - b.class).map(({ image }) => image);
}
