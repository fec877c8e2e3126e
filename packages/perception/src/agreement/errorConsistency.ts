/**
 * Error consistency (Geirhos, Meding & Wichmann 2020, "Beyond accuracy: quantifying trial-by-trial behaviour of CNNs and humans by
 * measuring error consistency", eq. 1 to 3): Cohen's kappa of being right. It is 0 if two observers with these accuracies err independently
 * and 1 if they err on the same trials. Intervals resample trials, as Klein et al. 2025 (arXiv 2507.06645) do, here with BCa. An observer
 * who is always right (or always wrong) has no errors to compare: the formula gives 0/0 for two such observers, and 0 for one of them
 * whatever the other does. Both cases are undefined here.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import { votesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import { type Coefficient, type CoefficientInterval, type Undefined, undefinedBecause, withInterval } from "./coefficient.ts";

/** Whether an observer was right on each trial (item): 1 right, 0 wrong, -1 no answer or no truth. */
export type Correctness = Int8Array;

/**
 * One row for each voter of the table, from the true answer of each item (-1 if unknown).
 * @param missing whether an item without a vote counts as wrong or is left out. Default: left out.
 * @throws AppError INVALID_INPUT if a voter has votes of different correctness on one item, or `truth` has another length.
 */
export function correctnessOf(table: VoteTable, truth: Int32Array, missing: "wrong" | "absent" = "absent"): readonly Correctness[] {
  if (truth.length !== table.items) throw new AppError("INVALID_INPUT", "Correctness needs the true answer of every item.");
  const { items, voters, start, voter, answer } = votesByItem(table);
  const rows = Array.from({ length: voters }, () => new Int8Array(items).fill(-1));
  for (let i = 0; i < items; i++) {
    if ((truth[i] as number) < 0) continue;
    if (missing === "wrong") for (const row of rows) row[i] = 0;
    for (let k = start[i] as number; k < (start[i + 1] as number); k++) {
      const row = rows[voter[k] as number] as Correctness;
      const right = answer[k] === truth[i] ? 1 : 0;
      if (k > (start[i] as number) && voter[k - 1] === voter[k] && row[i] !== right)
        throw new AppError("INVALID_INPUT", `Voter ${voter[k]} has several votes on item ${i}. Keep one of them, for example the first.`);
      row[i] = right;
    }
  }
  return rows;
}

export type ErrorConsistency =
  | (Exclude<Coefficient, Undefined> & {
      /** Share of the shared trials on which each was right. */
      readonly accuracies: readonly [number, number];
      /** Share of trials on which both were right or both wrong, and its expectation for independent errors. */
      readonly observed: number;
      readonly expected: number;
    })
  | Undefined;

/** On the trials that both answered. @throws AppError INVALID_INPUT for rows of different length. */
export function errorConsistency(first: Correctness, second: Correctness): ErrorConsistency {
  checkLengths([first, second]);
  let [both, onlyFirst, onlySecond, neither] = [0, 0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i] as number, second[i] as number];
    if (a < 0 || b < 0) continue;
    if (a === 1 && b === 1) both++;
    else if (a === 1) onlyFirst++;
    else if (b === 1) onlySecond++;
    else neither++;
  }
  const trials = both + onlyFirst + onlySecond + neither;
  if (trials === 0) return undefinedBecause("The two observers share no trial.");
  const accuracies = [(both + onlyFirst) / trials, (both + onlySecond) / trials] as const;
  if (accuracies.includes(1)) return undefinedBecause("An observer was right on every shared trial, so there are no errors to compare.");
  if (accuracies.includes(0)) return undefinedBecause("An observer was wrong on every shared trial, so there is nothing to compare.");
  const [p, q] = accuracies;
  const observed = (both + neither) / trials;
  const expected = p * q + (1 - p) * (1 - q);
  const estimate = (observed - expected) / (1 - expected);
  return { defined: true, estimate, items: trials, votes: 2 * trials, accuracies, observed, expected };
}

/** @throws AppError INVALID_INPUT as `errorConsistency`. */
export function errorConsistencyInterval(first: Correctness, second: Correctness, options: BootstrapOptions): CoefficientInterval {
  return meanErrorConsistency([[first, second]], options);
}

/**
 * The mean over pairs of observers whose error consistency is defined, such as all pairs of people, or one network with each person. The
 * interval resamples trials jointly for all observers: it covers the mean of these observers on other trials.
 * @throws AppError INVALID_INPUT for rows of different length.
 */
export function meanErrorConsistency(
  pairs: readonly (readonly [Correctness, Correctness])[],
  options: BootstrapOptions,
): CoefficientInterval {
  checkLengths(pairs.flat());
  const separate = pairs.map(([first, second]) => errorConsistency(first, second));
  const usable = pairs.filter((_, index) => separate[index]?.defined === true);
  const [undefinedPair] = separate.filter((outcome) => !outcome.defined);
  if (usable.length === 0)
    return undefinedPair !== undefined && pairs.length === 1
      ? undefinedPair
      : undefinedBecause("No pair of observers has errors to compare.");
  const used: number[] = [];
  const length = usable[0]?.[0].length ?? 0;
  for (let i = 0; i < length; i++) if (usable.some(([a, b]) => (a[i] as number) >= 0 && (b[i] as number) >= 0)) used.push(i);
  const outcomes = usable.map((pair) => pairOutcomes(pair, used));
  const statistic = (weights: Float64Array): number => {
    let sum = 0;
    let count = 0;
    for (const outcome of outcomes) {
      const kappa = weightedKappa(outcome, weights);
      if (Number.isNaN(kappa)) continue;
      sum += kappa;
      count++;
    }
    return sum / count;
  };
  const estimate = statistic(new Float64Array(used.length).fill(1));
  const votes = countAnswers(usable);
  return withInterval({ defined: true, estimate, items: used.length, votes }, { ...options, units: used.length, statistic });
}

/** The observers' answers to trials that they share with a partner: an answer that is compared with several others counts once. */
function countAnswers(pairs: readonly (readonly [Correctness, Correctness])[]): number {
  const compared = new Map<Correctness, Uint8Array>();
  const markOf = (row: Correctness): Uint8Array => {
    const known = compared.get(row) ?? new Uint8Array(row.length);
    compared.set(row, known);
    return known;
  };
  for (const [first, second] of pairs) {
    const [one, other] = [markOf(first), markOf(second)];
    for (let i = 0; i < first.length; i++) if ((first[i] as number) >= 0 && (second[i] as number) >= 0) one[i] = other[i] = 1;
  }
  return [...compared.values()].reduce((sum, marks) => sum + marks.reduce((own, mark) => own + mark, 0), 0);
}

/** How many pairs a mean of error consistency has, and how many it leaves out although the formula is defined for them. */
export interface ComparedPairs {
  /** Pairs that the mean is taken over: both have errors, and both are sometimes right. */
  readonly used: number;
  /** Left out: one of the two is always right, or always wrong, so that kappa is 0 whatever the other does. */
  readonly zero: number;
}

export function comparedPairs(pairs: readonly (readonly [Correctness, Correctness])[]): ComparedPairs {
  let [used, zero] = [0, 0];
  for (const [first, second] of pairs) {
    const [one, other] = [answersBeside(first, second), answersBeside(second, first)];
    if (one.varies && other.varies) used++;
    else if (one.varies || other.varies || (one.shared > 0 && one.right !== other.right)) zero++;
  }
  return { used, zero };
}

/** An observer's answers to the trials that are shared with another. */
function answersBeside(own: Correctness, partner: Correctness) {
  let [shared, right] = [0, 0];
  for (let i = 0; i < own.length; i++) {
    if ((own[i] as number) < 0 || (partner[i] as number) < 0) continue;
    shared++;
    right += own[i] as number;
  }
  return { shared, right, varies: right > 0 && right < shared };
}

/** All pairs of the observers, for `meanErrorConsistency`. */
export function pairsAmong(observers: readonly Correctness[]): readonly (readonly [Correctness, Correctness])[] {
  return observers.flatMap((first, index) => observers.slice(index + 1).map((second) => [first, second] as const));
}

/** The shared trials of a pair, as indices of the list of trials: two observers often share few of a study's many images. */
interface PairOutcomes {
  readonly at: Int32Array;
  /** 0 both wrong, 1 only the second right, 2 only the first, 3 both right. */
  readonly outcome: Uint8Array;
}

function pairOutcomes([first, second]: readonly [Correctness, Correctness], trials: readonly number[]): PairOutcomes {
  const at = Int32Array.from(
    [...trials.keys()].filter((k) => (first[trials[k] as number] as number) >= 0 && (second[trials[k] as number] as number) >= 0),
  );
  return { at, outcome: Uint8Array.from(at, (k) => 2 * (first[trials[k] as number] as number) + (second[trials[k] as number] as number)) };
}

function weightedKappa({ at, outcome }: PairOutcomes, weights: Float64Array): number {
  const sums = new Float64Array(4);
  for (let k = 0; k < at.length; k++) {
    const of = outcome[k] as number;
    sums[of] = (sums[of] as number) + (weights[at[k] as number] as number);
  }
  const [neither = 0, onlySecond = 0, onlyFirst = 0, both = 0] = sums;
  const trials = neither + onlySecond + onlyFirst + both;
  const [rightFirst, rightSecond] = [both + onlyFirst, both + onlySecond];
  // Whole numbers, so that an observer without errors is found exactly.
  if (rightFirst === 0 || rightFirst === trials || rightSecond === 0 || rightSecond === trials) return Number.NaN;
  const chance = rightFirst * rightSecond + (trials - rightFirst) * (trials - rightSecond);
  return ((both + neither) * trials - chance) / (trials * trials - chance);
}

function checkLengths(rows: readonly Correctness[]): void {
  if (rows.some((row) => row.length !== rows[0]?.length))
    throw new AppError("INVALID_INPUT", "Observers must be compared on the same list of trials.");
}
