/**
 * Fleiss' kappa (1971, "Measuring nominal scale agreement among many raters"): agreement of pairs of votes within items, corrected for
 * the agreement of two votes drawn from all votes. Where items have different numbers of votes, each item's agreement counts once.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { checkSingleVotes, votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import { type Coefficient, type CoefficientInterval, oneItem, undefinedBecause, withInterval } from "./coefficient.ts";
import { type FlatPatterns, flatPatterns, type ItemPatterns, itemPatterns, weighPatterns } from "./coincidences.ts";

/** @throws AppError INVALID_INPUT if a voter has several votes on an item. */
export function fleissKappa(table: VoteTable): Coefficient {
  return kappaOf(pairableItems(table));
}

/** The interval resamples items. @throws AppError INVALID_INPUT as `fleissKappa`. */
export function fleissKappaInterval(table: VoteTable, options: BootstrapOptions): CoefficientInterval {
  const items = pairableItems(table);
  const flat = flatPatterns(items);
  const ofPatterns = new Float64Array(items.patterns.length);
  const statistic = (weights: Float64Array): number => {
    weighPatterns(items.patternOf, weights, ofPatterns);
    return kappaOfSums(sumsOf(flat, ofPatterns));
  };
  const units = items.patternOf.length;
  weighPatterns(items.patternOf, new Float64Array(units).fill(1), ofPatterns);
  const statisticWithout = kappaWithout(flat, items.patternOf, sumsOf(flat, ofPatterns));
  return withInterval(kappaOf(items), { ...options, units, statistic, statisticWithout });
}

function pairableItems(table: VoteTable): ItemPatterns {
  const votes = votesByItem(table);
  checkSingleVotes(votes);
  return itemPatterns(votes);
}

function kappaOf(items: ItemPatterns): Coefficient {
  const units = items.patternOf.length;
  if (units === 0) return undefinedBecause("No item has votes of two voters.");
  if (units === 1) return undefinedBecause(oneItem);
  const weights = new Float64Array(items.patterns.length);
  weighPatterns(items.patternOf, new Float64Array(units).fill(1), weights);
  const estimate = kappaOfSums(sumsOf(flatPatterns(items), weights));
  if (Number.isNaN(estimate)) return undefinedBecause("All votes are the same answer, so agreement cannot be distinguished from chance.");
  const votes = items.patterns.reduce((sum, pattern, index) => sum + pattern.votes * (weights[index] as number), 0);
  return { defined: true, estimate, items: units, votes };
}

interface KappaSums {
  /** Votes of each answer. */
  readonly totals: Float64Array;
  readonly items: number;
  readonly votes: number;
  /** The sum over items of the share of agreeing pairs. */
  readonly agreement: number;
}

function sumsOf({ answers, start, answer, count, votes: ofPattern }: FlatPatterns, weights: Float64Array): KappaSums {
  const totals = new Float64Array(answers);
  let [items, votes, agreement] = [0, 0, 0];
  for (let p = 0; p < weights.length; p++) {
    const weight = weights[p] as number;
    if (weight === 0) continue;
    const m = ofPattern[p] as number;
    let pairs = 0;
    for (let k = start[p] as number; k < (start[p + 1] as number); k++) {
      const own = count[k] as number;
      pairs += own * (own - 1);
      totals[answer[k] as number] = (totals[answer[k] as number] as number) + weight * own;
    }
    agreement += (weight * pairs) / (m * (m - 1));
    items += weight;
    votes += weight * m;
  }
  return { totals, items, votes, agreement };
}

/** NaN if two random votes always agree. */
function kappaOfSums({ totals, items, votes, agreement }: KappaSums): number {
  let [chance, hasAll] = [0, false];
  for (const total of totals) {
    chance += (total / votes) ** 2;
    hasAll ||= total === votes;
  }
  // 1 - chance is a sum of rounded terms: it is 0 only if one answer has all votes.
  return hasAll ? Number.NaN : (agreement / items - chance) / (1 - chance);
}

/** Kappa of all items but some, from the sums of all. */
function kappaWithout({ start, answer, count, votes: ofPattern }: FlatPatterns, patternOf: Int32Array, all: KappaSums) {
  const totals = all.totals.slice();
  return (first: number, step: number): number => {
    let { items, votes, agreement } = all;
    for (let unit = first; unit < patternOf.length; unit += step) {
      const p = patternOf[unit] as number;
      const m = ofPattern[p] as number;
      let pairs = 0;
      for (let k = start[p] as number; k < (start[p + 1] as number); k++) {
        const own = count[k] as number;
        pairs += own * (own - 1);
        totals[answer[k] as number] = (totals[answer[k] as number] as number) - own;
      }
      agreement -= pairs / (m * (m - 1));
      items--;
      votes -= m;
    }
    const value = kappaOfSums({ totals, items, votes, agreement });
    totals.set(all.totals);
    return value;
  };
}
