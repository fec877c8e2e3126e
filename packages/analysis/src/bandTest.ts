/**
 * Tests whether the values of a band of neighbouring classes are low compared with all bands of the same width. The list of classes is
 * closed to a ring, and the band is moved to every position (a rotation test, Besag & Clifford 1989). Neighbouring classes are not
 * independent, since they share elites among other things; rotation preserves that dependence.
 */
import { AppError } from "@pareidolia/core/appError";
import { meanRanks } from "./rankCorrelation.ts";

export interface BandTest {
  /** Mean rank of the band's values among all values; the lowest has rank 1. */
  readonly meanRank: number;
  /** One-sided: share of all positions, including its own, at which the band is as low; at least 1 / values. */
  readonly p: number;
}

/**
 * @param values one per class, in the order of the classes.
 * @param band first and last index of the band, from 0.
 * @throws AppError INVALID_INPUT for a band outside the values.
 */
export function bandTest(values: readonly number[], { from, to }: { readonly from: number; readonly to: number }): BandTest {
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to < values.length))
    throw new AppError("INVALID_INPUT", `There is no band from ${from} to ${to} in ${values.length} values.`);
  const ranks = meanRanks(values);
  const width = to - from + 1;
  const at = (start: number): number => {
    let sum = 0;
    for (let index = start; index < start + width; index++) sum += ranks[index % ranks.length] as number;
    return sum / width;
  };
  const meanRank = at(from);
  const asLow = ranks.filter((_, start) => at(start) <= meanRank).length;
  return { meanRank, p: asLow / ranks.length };
}
