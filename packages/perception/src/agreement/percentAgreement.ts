/** Percent agreement: the share of agreeing pairs among all pairs of votes on the same item, without correction for chance. */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { checkSingleVotes, votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import { type Coefficient, type CoefficientInterval, undefinedBecause, withInterval } from "./coefficient.ts";
import { itemPatterns, weighPatterns } from "./coincidences.ts";

/** From 0 to 1. @throws AppError INVALID_INPUT if a voter has several votes on an item. */
export function percentAgreement(table: VoteTable): Coefficient {
  const { coefficient } = prepare(table);
  return coefficient;
}

/** The interval resamples items. @throws AppError INVALID_INPUT as `percentAgreement`. */
export function percentAgreementInterval(table: VoteTable, options: BootstrapOptions): CoefficientInterval {
  const { coefficient, units, statistic } = prepare(table);
  return withInterval(coefficient, { ...options, units, statistic });
}

function prepare(table: VoteTable) {
  const votes = votesByItem(table);
  checkSingleVotes(votes);
  const { patterns, patternOf } = itemPatterns(votes);
  const pairs = Float64Array.from(patterns, (pattern) => (pattern.votes * (pattern.votes - 1)) / 2);
  const agreeing = Float64Array.from(patterns, ({ counts }) => counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0));
  const ofPatterns = new Float64Array(patterns.length);
  const statistic = (weights: Float64Array): number => {
    weighPatterns(patternOf, weights, ofPatterns);
    let agreed = 0;
    let all = 0;
    for (let p = 0; p < ofPatterns.length; p++) {
      agreed += (ofPatterns[p] as number) * (agreeing[p] as number);
      all += (ofPatterns[p] as number) * (pairs[p] as number);
    }
    return agreed / all;
  };
  const units = patternOf.length;
  const paired = patternOf.reduce((sum, p) => sum + (patterns[p]?.votes ?? 0), 0);
  const coefficient: Coefficient =
    units === 0
      ? undefinedBecause("No item has votes of two voters.")
      : { defined: true, estimate: statistic(new Float64Array(units).fill(1)), items: units, votes: paired };
  return { coefficient, units, statistic };
}
