/**
 * Fleiss' kappa (1971, "Measuring nominal scale agreement among many raters"): agreement of pairs of votes within items, corrected for
 * the agreement of two votes drawn from all votes. Where items have different numbers of votes, each item's agreement counts once.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { checkSingleVotes, votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import { type Coefficient, type CoefficientInterval, undefinedBecause, withInterval } from "./coefficient.ts";
import { type ItemPatterns, itemPatterns, weighPatterns } from "./coincidences.ts";

/** @throws AppError INVALID_INPUT if a voter has several votes on an item. */
export function fleissKappa(table: VoteTable): Coefficient {
  return kappaOf(pairableItems(table));
}

/** The interval resamples items. @throws AppError INVALID_INPUT as `fleissKappa`. */
export function fleissKappaInterval(table: VoteTable, options: BootstrapOptions): CoefficientInterval {
  const items = pairableItems(table);
  const ofPatterns = new Float64Array(items.patterns.length);
  const statistic = (weights: Float64Array): number => {
    weighPatterns(items.patternOf, weights, ofPatterns);
    return kappaOfWeights(items, ofPatterns);
  };
  return withInterval(kappaOf(items), { ...options, units: items.patternOf.length, statistic });
}

function pairableItems(table: VoteTable): ItemPatterns {
  const votes = votesByItem(table);
  checkSingleVotes(votes);
  return itemPatterns(votes);
}

function kappaOf(items: ItemPatterns): Coefficient {
  const units = items.patternOf.length;
  if (units === 0) return undefinedBecause("No item has votes of two voters.");
  const weights = new Float64Array(items.patterns.length);
  weighPatterns(items.patternOf, new Float64Array(units).fill(1), weights);
  const estimate = kappaOfWeights(items, weights);
  if (Number.isNaN(estimate)) return undefinedBecause("All votes are the same answer, so agreement cannot be distinguished from chance.");
  const votes = items.patterns.reduce((sum, pattern, index) => sum + pattern.votes * (weights[index] as number), 0);
  return { defined: true, estimate, items: units, votes };
}

/** NaN if two random votes always agree. */
function kappaOfWeights({ answers, patterns }: ItemPatterns, weights: Float64Array): number {
  const totals = new Float64Array(answers);
  let items = 0;
  let votes = 0;
  let agreement = 0;
  for (const [index, pattern] of patterns.entries()) {
    const weight = weights[index] as number;
    if (weight === 0) continue;
    let pairs = 0;
    for (let a = 0; a < pattern.answers.length; a++) {
      const count = pattern.counts[a] as number;
      pairs += count * (count - 1);
      totals[pattern.answers[a] as number] = (totals[pattern.answers[a] as number] as number) + weight * count;
    }
    agreement += (weight * pairs) / (pattern.votes * (pattern.votes - 1));
    items += weight;
    votes += weight * pattern.votes;
  }
  let chance = 0;
  for (const total of totals) chance += (total / votes) ** 2;
  // 1 - chance is a sum of rounded terms: it is 0 only if one answer has all votes.
  return totals.some((total) => total === votes) ? Number.NaN : (agreement / items - chance) / (1 - chance);
}
