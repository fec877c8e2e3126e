/**
 * Krippendorff's alpha: 1 - observed / expected disagreement, for any number of voters and missing votes (Krippendorff 2011, "Computing
 * Krippendorff's Alpha-Reliability"). Its interval resamples items with BCa: Zapf et al. 2016 (BMC Medical Research Methodology 16:93)
 * found that resampling items keeps the nominal coverage, while Krippendorff's own resampling of disagreements gives intervals that are too
 * narrow.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import { checkSingleVotes, countAnswers, hasSingleVotesInOrder, votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import { type Coefficient, type CoefficientInterval, oneItem, undefinedBecause, withInterval } from "./coefficient.ts";
import { coincidenceMatrix, coincidencesOfCounts, type FlatPatterns, flatPatterns, itemPatterns, weighPatterns } from "./coincidences.ts";

/** Squared differences of answers: 0 or 1; by ranks; of values; of values relative to their sum. */
export type AlphaMetric = "nominal" | "ordinal" | "interval" | "ratio";

export interface AlphaOptions {
  /** For ordinal, answers must be numbered in their order. */
  readonly metric: AlphaMetric;
  /** For interval and ratio, the value of each answer. Default: its number, from 0. */
  readonly values?: readonly number[] | undefined;
}

/** @throws AppError INVALID_INPUT for several votes of one voter on an item, or missing or, for ratio, negative values. */
export function krippendorffAlpha(table: VoteTable, options: AlphaOptions): Coefficient {
  checkValues(table.answers, options);
  const counts = countAnswers(table);
  if (!hasSingleVotesInOrder(table)) checkSingleVotes(votesByItem(table));
  const { matrix, items, votes } = coincidencesOfCounts(counts, table.answers);
  return asCoefficient(alphaOfMatrix(matrix, table.answers, options), items, votes);
}

export interface AlphaIntervalOptions extends AlphaOptions, BootstrapOptions {
  /** What items are, for reasons. Default: images. */
  readonly itemNames?: string;
}

/** The interval resamples items. @throws AppError INVALID_INPUT as `krippendorffAlpha`. */
export function krippendorffAlphaInterval(table: VoteTable, options: AlphaIntervalOptions): CoefficientInterval {
  if (options.metric === "nominal") return nominalAlphaInterval(table, options);
  const coefficient = krippendorffAlpha(table, options);
  const items = itemPatterns(votesByItem(table));
  const ofPatterns = new Float64Array(items.patterns.length);
  const statistic = (weights: Float64Array): number => {
    weighPatterns(items.patternOf, weights, ofPatterns);
    return alphaOfMatrix(coincidenceMatrix(items, ofPatterns), items.answers, options);
  };
  return withInterval(coefficient, { ...options, units: items.patternOf.length, statistic }, options.itemNames);
}

/** Without a matrix of all answers, which a study may have a thousand of. */
function nominalAlphaInterval(table: VoteTable, options: BootstrapOptions & Pick<AlphaIntervalOptions, "itemNames">): CoefficientInterval {
  const votes = votesByItem(table);
  checkSingleVotes(votes);
  const items = itemPatterns(votes);
  const flat = flatPatterns(items);
  const ofPatterns = new Float64Array(items.patterns.length);
  const sumsOf = (weights: Float64Array): NominalSums => {
    weighPatterns(items.patternOf, weights, ofPatterns);
    return nominalSums(flat, ofPatterns);
  };
  const units = items.patternOf.length;
  const all = sumsOf(new Float64Array(units).fill(1));
  const bootstrap = {
    ...options,
    units,
    statistic: (weights: Float64Array) => nominalAlpha(sumsOf(weights)),
    statisticWithout: nominalAlphaWithout(flat, items.patternOf, all),
  };
  return withInterval(asCoefficient(nominalAlpha(all), units, all.n), bootstrap, options.itemNames);
}

/** @param estimate NaN if all votes are the same answer. */
function asCoefficient(estimate: number, items: number, votes: number): Coefficient {
  if (items === 0) return undefinedBecause("No item has votes of two voters.");
  if (items === 1) return undefinedBecause(oneItem);
  if (Number.isNaN(estimate)) return undefinedBecause("All votes are the same answer, so agreement cannot be distinguished from chance.");
  return { defined: true, estimate, items, votes };
}

function checkValues(answers: number, { metric, values }: AlphaOptions): void {
  if (values === undefined) return;
  if (values.length !== answers || !values.every(Number.isFinite))
    throw new AppError("INVALID_INPUT", "Alpha needs one finite value for each answer.");
  if (metric === "ratio" && values.some((value) => value < 0))
    throw new AppError("INVALID_INPUT", "On a ratio scale, values must not be negative.");
}

/** What the nominal alpha is computed from: votes of each answer, all votes, and disagreeing pairs, an item of m votes counting 1 / (m - 1). */
interface NominalSums {
  readonly totals: Float64Array;
  readonly n: number;
  readonly observed: number;
}

/** Of items with these weights of patterns, without the matrix: all differences are 0 or 1. */
function nominalSums({ answers, start, answer, count, votes }: FlatPatterns, weights: Float64Array): NominalSums {
  const totals = new Float64Array(answers);
  let [n, observed] = [0, 0];
  for (let p = 0; p < weights.length; p++) {
    const weight = weights[p] as number;
    if (weight === 0) continue;
    const m = votes[p] as number;
    n += weight * m;
    for (let k = start[p] as number; k < (start[p + 1] as number); k++) {
      const own = count[k] as number;
      totals[answer[k] as number] = (totals[answer[k] as number] as number) + weight * own;
      observed += (weight / (m - 1)) * own * (m - own);
    }
  }
  return { totals, n, observed };
}

/** NaN as `alphaOfMatrix`. */
function nominalAlpha({ totals, n, observed }: NominalSums): number {
  let expected = 0;
  for (const total of totals) expected += total * (n - total);
  return expected === 0 ? Number.NaN : 1 - ((n - 1) * observed) / expected;
}

/** The nominal alpha of all items but some, from the sums of all. */
function nominalAlphaWithout(flat: FlatPatterns, patternOf: Int32Array, all: NominalSums) {
  const { start, answer, count, votes } = flat;
  const totals = all.totals.slice();
  return (first: number, step: number): number => {
    let { n, observed } = all;
    for (let unit = first; unit < patternOf.length; unit += step) {
      const p = patternOf[unit] as number;
      const m = votes[p] as number;
      n -= m;
      for (let k = start[p] as number; k < (start[p + 1] as number); k++) {
        const own = count[k] as number;
        totals[answer[k] as number] = (totals[answer[k] as number] as number) - own;
        observed -= (own * (m - own)) / (m - 1);
      }
    }
    const value = nominalAlpha({ totals, n, observed });
    totals.set(all.totals);
    return value;
  };
}

/** NaN if the expected disagreement is 0. */
function alphaOfMatrix(matrix: Float64Array, answers: number, { metric, values }: AlphaOptions): number {
  const totals = new Float64Array(answers);
  for (let c = 0; c < answers; c++)
    for (let k = 0; k < answers; k++) totals[c] = (totals[c] as number) + (matrix[c * answers + k] as number);
  const n = totals.reduce((sum, total) => sum + total, 0);
  // Ranks: the middle of each answer's block, as if all votes were sorted.
  const ranks = new Float64Array(answers);
  let before = 0;
  for (let c = 0; c < answers; c++) {
    ranks[c] = before + (totals[c] as number) / 2;
    before += totals[c] as number;
  }
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < answers; c++)
    for (let k = c + 1; k < answers; k++) {
      const difference = squaredDifference(metric, [values?.[c] ?? c, values?.[k] ?? k], [ranks[c] as number, ranks[k] as number]);
      observed += (matrix[c * answers + k] as number) * difference;
      expected += (totals[c] as number) * (totals[k] as number) * difference;
    }
  return expected === 0 ? Number.NaN : 1 - ((n - 1) * observed) / expected;
}

function squaredDifference(metric: AlphaMetric, [a, b]: readonly [number, number], [rankA, rankB]: readonly [number, number]): number {
  switch (metric) {
    case "nominal":
      return 1;
    case "ordinal":
      return (rankA - rankB) ** 2;
    case "interval":
      return (a - b) ** 2;
    case "ratio":
      return a === b ? 0 : ((a - b) / (a + b)) ** 2;
  }
}
