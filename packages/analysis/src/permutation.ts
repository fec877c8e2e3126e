/**
 * Permutation tests (Fisher 1935; Phipson & Smyth 2010 for the count): the distribution of a statistic under random assignment of labels,
 * for samples of dependent values, to which no formula applies. A deal is one random assignment; deals are addressed by a seed.
 */
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";

export interface DealOptions {
  readonly seed: number;
  /** Default: 999, which allows a smallest p of .001. */
  readonly deals?: number;
}

/** The direction of the alternative: whether a greater or a lower statistic is more extreme. */
export type Side = "greater" | "less";

/** Tolerance for equal statistics: sums in another order differ in their last bits. */
const rounding = 1e-12;

/**
 * The statistic of each deal. A deal is a uniformly random permutation of 0 to `count` - 1 (Fisher & Yates).
 * @throws AppError INVALID_INPUT for no deals.
 */
export function dealStatistics(count: number, statistic: (deal: Uint32Array) => number, options: DealOptions): Float64Array {
  return dealAmong(count, [Uint32Array.from({ length: count }, (_, index) => index)], statistic, options);
}

/** Like `dealStatistics`, for labels that are exchangeable only within groups: a deal permutes each group separately. */
export function dealStatisticsWithin(
  groups: readonly (string | number)[],
  statistic: (deal: Uint32Array) => number,
  options: DealOptions,
): Float64Array {
  const members = new Map<string | number, number[]>();
  for (const [index, group] of groups.entries()) members.set(group, [...(members.get(group) ?? []), index]);
  return dealAmong(
    groups.length,
    [...members.values()].map((indices) => Uint32Array.from(indices)),
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
    const deal = Uint32Array.from({ length: count }, (_value, position) => position);
    for (const indices of groups)
      for (let last = indices.length - 1; last > 0; last--) {
        // A swap by destructuring arrays would take several times as long.
        const one = indices[last] as number;
        const other = indices[random.below(last + 1)] as number;
        const dealt = deal[one] as number;
        deal[one] = deal[other] as number;
        deal[other] = dealt;
      }
    return statistic(deal);
  });
}

/** One-sided p: (1 + deals at least as extreme) / (1 + deals), which is never 0 and valid for any number of deals. */
export function permutationP(observed: number, dealt: Float64Array, side: Side): number {
  const slack = rounding * Math.max(1, Math.abs(observed));
  const extreme = dealt.filter((value) => (side === "greater" ? value >= observed - slack : value <= observed + slack)).length;
  return (1 + extreme) / (1 + dealt.length);
}
