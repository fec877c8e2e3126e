/**
 * Whether a band of neighbouring classes is low, among all bands of its width: the list of classes is closed to a ring and the band laid
 * at every place of it (a test by rotation, Besag & Clifford 1989). Classes near each other have much in common, elites among it, so that
 * they are no independent values; turning the ring keeps that and moves only the band.
 */
import { AppError } from "@pareidolia/core/appError";
import { meanRanks } from "./rankCorrelation.ts";

export interface BandTest {
  /** Mean rank of the band's values among all, 1 the lowest. */
  readonly meanRank: number;
  /** One-sided: share of all places at which the band is as low, its own among them; at least 1 / values. */
  readonly p: number;
}

/**
 * @param values one a class, in the classes' order.
 * @param band first and last place of the band, from 0.
 * @throws AppError INVALID_INPUT for a band outside the values.
 */
export function bandTest(values: readonly number[], { from, to }: { readonly from: number; readonly to: number }): BandTest {
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to < values.length))
    throw new AppError("INVALID_INPUT", `There is no band from ${from} to ${to} in ${values.length} values.`);
  const ranks = meanRanks(values);
  const width = to - from + 1;
  const at = (start: number): number => {
    let sum = 0;
    for (let place = start; place < start + width; place++) sum += ranks[place % ranks.length] as number;
    return sum / width;
  };
  const meanRank = at(from);
  const asLow = ranks.filter((_, start) => at(start) <= meanRank).length;
  return { meanRank, p: asLow / ranks.length };
}
