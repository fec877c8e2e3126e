/**
 * Ranks a random search's configurations: by more trajectories that reach .9999, then by higher median confidence, then by fewer steps to
 * .9999, then by lower index. Configurations without stored trajectories come last.
 */

export interface ConfigurationStanding {
  readonly index: number;
  /** Trajectories stored so far. */
  readonly stored: number;
  /** Trajectories that reached .9999 at some step. */
  readonly foolingCount: number;
  /** Median of the last stored confidences; null while nothing is stored. */
  readonly median: number | null;
  /** Median of the steps at which trajectories reached .9999; null while none has. */
  readonly medianFoolingStep: number | null;
}

/** Adds the rank, from 1, to each standing, in the given order. Indexes must be unique. */
export function rankConfigurations<Standing extends ConfigurationStanding>(
  standings: readonly Standing[],
): readonly (Standing & { readonly rank: number })[] {
  const ranks = new Map([...standings].sort(compare).map(({ index }, position) => [index, position + 1]));
  return standings.map((standing) => ({ ...standing, rank: ranks.get(standing.index) as number }));
}

function compare(first: ConfigurationStanding, second: ConfigurationStanding): number {
  return (
    Number(second.stored > 0) - Number(first.stored > 0) ||
    second.foolingCount - first.foolingCount ||
    (second.median ?? 0) - (first.median ?? 0) ||
    ascending(first.medianFoolingStep, second.medianFoolingStep) ||
    first.index - second.index
  );
}

/** Null comes after every number. */
function ascending(first: number | null, second: number | null): number {
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  return first - second;
}
