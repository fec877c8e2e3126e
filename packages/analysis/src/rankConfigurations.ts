/**
 * The order of a random search's configurations: first who brings more trajectories to .9999, then the higher median confidence, then who
 * needs fewer steps to get there, then the lower index. What has nothing stored yet comes last.
 */

export interface ConfigurationStanding {
  readonly index: number;
  /** Trajectories stored so far. */
  readonly stored: number;
  /** Trajectories that reached .9999 at some step. */
  readonly foolingCount: number;
  /** Of the last stored confidences; null while nothing is stored. */
  readonly median: number | null;
  /** Of the steps at which those trajectories reached .9999; null while none has. */
  readonly medianFoolingStep: number | null;
}

/** In the order given, each with its rank, from 1. Indexes must differ. */
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
