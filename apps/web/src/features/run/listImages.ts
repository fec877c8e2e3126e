/** A run's images for lists of runs: the elites of an evolution or a chain, an ascent's most confident images, the original of an attack. */
import type { ListTrajectoryFragment, TileEliteFragment } from "../../graphql/generated/graphql.ts";
import type { PixelSource } from "../marks/pixelSource.ts";

interface ListedRun {
  readonly id?: string;
  /** Only of an evolution. */
  readonly archive?: readonly TileEliteFragment[];
  /** Only of an ascent. */
  readonly bestTrajectories?: readonly ListTrajectoryFragment[];
  /** Only of an attack: the original, which its results resemble. */
  readonly source?: PixelSource | null;
  /** Only of a chain: the archive against its latest network, in order of classes. */
  readonly chain?: { readonly latestElites: readonly { readonly image: PixelSource }[] } | null;
}

/** In order of classes. */
export function listImages({ archive = [], bestTrajectories = [], source, chain }: ListedRun): readonly PixelSource[] {
  return [
    ...archive.toSorted((a, b) => a.niche - b.niche).map(({ image }) => image),
    ...bestTrajectories.toSorted((a, b) => a.class - b.class).map(({ image }) => image),
    ...(source == null ? [] : [source]),
    ...(chain?.latestElites.map(({ image }) => image) ?? []),
  ];
}
