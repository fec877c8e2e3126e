/** A run's images where runs are listed, in the order of classes: its elites, or an ascent's most confident image of each class. */
import type { ListTrajectoryFragment, TileEliteFragment } from "../../graphql/generated/graphql.ts";
import type { PixelSource } from "../marks/pixelSource.ts";

interface Listed {
  readonly id?: string;
  /** Of an evolution. */
  readonly archive?: readonly TileEliteFragment[];
  /** Of an ascent. */
  readonly bestTrajectories?: readonly ListTrajectoryFragment[];
}

export function listImages({ archive = [], bestTrajectories = [] }: Listed): readonly PixelSource[] {
  return archive.length > 0
    ? archive.toSorted((a, b) => a.niche - b.niche).map(({ image }) => image)
    : bestTrajectories.toSorted((a, b) => a.class - b.class).map(({ image }) => image);
}
