/**
 * Permutation tests (Fisher 1935; Phipson & Smyth 2010 for the count): what a statistic would be if labels had been dealt at random, for
 * samples whose values depend on one another, so that no formula knows how far chance goes. Deals are addressed by a seed.
 */
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";

export interface DealOptions {
  readonly seed: number;
  /** Default 999, of which the smallest p is .001. */
  readonly deals?: number;
}

/** Which side of the dealt statistics speaks for a relation. */
export type Side = "greater" | "less";

/** Sums in another order differ in their last bits, which makes no deal less extreme. */
const rounding = 1e-12;

/**
 * The statistic of each deal. A deal is a permutation of 0 to `count` - 1 (Fisher & Yates), every one as likely.
 * @throws AppError INVALID_INPUT for no deals.
 */
export function dealStatistics(count: number, statistic: (deal: Uint32Array) => number, options: DealOptions): Float64Array {
  return dealAmong(count, [Uint32Array.from({ length: count }, (_, place) => place)], statistic, options);
}

/** The same where labels are exchangeable within groups only: a deal moves places within their group. @throws as `dealStatistics` does. */
export function dealStatisticsWithin(
  groups: readonly (string | number)[],
  statistic: (deal: Uint32Array) => number,
  options: DealOptions,
): Float64Array {
  const members = new Map<string | number, number[]>();
  for (const [place, group] of groups.entries()) members.set(group, [...(members.get(group) ?? []), place]);
  return dealAmong(
    groups.length,
    [...members.values()].map((places) => Uint32Array.from(places)),
    statistic,
    options,
  );
}

function dealAmong(
  count: number,
  groups: readonly Uint32Array[],
  statistic: (deal: Uint32Array) => number,
  { seed, deals = 999 }: DealOptions,
): Float64Array {
  if (!Number.isInteger(deals) || deals < 1) throw new AppError("INVALID_INPUT", "A permutation test needs at least one deal.");
  return Float64Array.from({ length: deals }, (_, index) => {
    const random = new Random({ seed, generation: 0, index, purpose: Purpose.RESAMPLE });
    const deal = Uint32Array.from({ length: count }, (_value, place) => place);
    for (const places of groups)
      for (let last = places.length - 1; last > 0; last--) {
        const [one, other] = [places[last] as number, places[random.below(last + 1)] as number];
        [deal[one], deal[other]] = [deal[other] as number, deal[one] as number];
      }
    return statistic(deal);
  });
}

/** One-sided: (1 + deals at least as extreme) / (1 + deals), which is never 0 and valid at any number of deals. */
export function permutationP(observed: number, dealt: Float64Array, side: Side): number {
  const slack = rounding * Math.max(1, Math.abs(observed));
  const extreme = dealt.filter((value) => (side === "greater" ? value >= observed - slack : value <= observed + slack)).length;
  return (1 + extreme) / (1 + dealt.length);
}
