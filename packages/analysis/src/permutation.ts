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
export function dealStatistics(count: number, statistic: (deal: Uint32Array) => number, { seed, deals = 999 }: DealOptions): Float64Array {
  if (!Number.isInteger(deals) || deals < 1) throw new AppError("INVALID_INPUT", "A permutation test needs at least one deal.");
  return Float64Array.from({ length: deals }, (_, index) => {
    const random = new Random({ seed, generation: 0, index, purpose: Purpose.RESAMPLE });
    const deal = Uint32Array.from({ length: count }, (_value, place) => place);
    for (let last = count - 1; last > 0; last--) {
      const place = random.below(last + 1);
      [deal[last], deal[place]] = [deal[place] as number, deal[last] as number];
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
