/** A run's images for lists of runs, in order of classes: its elites, or an ascent's most confident image of each class. */
import type { ListTrajectoryFragment, TileEliteFragment } from "../../graphql/generated/graphql.ts";
import type { PixelSource } from "../marks/pixelSource.ts";

interface ListedRun {
  readonly id?: string;
  /** Only of an evolution. */
  readonly archive?: readonly TileEliteFragment[];
  /** Only of an ascent. */
  readonly bestTrajectories?: readonly ListTrajectoryFragment[];
}

export function listImages({ archive = [], bestTrajectories = [] }: ListedRun): readonly PixelSource[] {
  return archive.length > 0
    ? archive.toSorted((a, b) => a.niche - b.niche).map(({ image }) => image)
    : bestTrajectories.toSorted((a, b) => a.class - b.class).map(({ image }) => image);
}
