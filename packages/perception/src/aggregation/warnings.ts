/**
 * Warnings about aggregations: votes that break the assumptions of every aggregator, so that the best fit may follow the wrong voters. A
 * voter who always gives one answer has no wrong answers where a solution takes that answer for the truth of all items; voters who copy from
 * one another agree without a truth; and votes may support two solutions equally. A warning changes no result.
 */
import { normalTail } from "@pareidolia/analysis/normalTail";
import { none } from "../countedVotes.ts";
import { binomialUpperTail } from "../numbers/binomialTail.ts";
import type { VotesByItem } from "../votesByItem.ts";
import type { ConfusionFit, ConfusionModel } from "./confusionModel.ts";
import { columnsOf } from "./confusionModel.ts";

export const warningKinds = ["constantVoters", "dependentVoters", "severalSolutions"] as const;

export interface AggregationWarning {
  readonly kind: (typeof warningKinds)[number];
  /** The voters concerned, ascending; empty for several solutions. */
  readonly voters: readonly number[];
  /** Of voters, of compared pairs of voters, or of items that have another label in the other solution: the share concerned. */
  readonly share: number;
  /** A sentence for the page. */
  readonly reason: string;
}

/** A voter's answers are one answer from this share on. */
const oneAnswer = 0.9;
const fewestVotes = 10;
const improbable = 1e-3;

/**
 * Voters who nearly always give one answer, although others do not on the same items: the probability of so many, at the share that the other
 * voters give it, is below .001, corrected for the number of voters.
 */
export function constantVoters(votes: VotesByItem): readonly number[] {
  const favourites = favouriteAnswers(votes);
  const isCandidate = favourites.map(({ times, of }) => of >= fewestVotes && times >= oneAnswer * of);
  return favourites.flatMap(({ answer, times, of }, voter) => {
    if (isCandidate[voter] !== true) return [];
    const share = shareOfOthers(votes, voter, answer, isCandidate);
    return share !== null && binomialUpperTail(times, of, share) * votes.voters < improbable ? [voter] : [];
  });
}

function favouriteAnswers({ voters, answers, voter, answer }: VotesByItem) {
  const counts = new Map<number, number>();
  const of = new Int32Array(voters);
  const best = Array.from({ length: voters }, () => ({ answer: none, times: 0 }));
  for (let k = 0; k < voter.length; k++) {
    const [v, a] = [voter[k] as number, answer[k] as number];
    const times = (counts.get(v * answers + a) ?? 0) + 1;
    counts.set(v * answers + a, times);
    of[v] = (of[v] as number) + 1;
    if (times > (best[v] as { times: number }).times) best[v] = { answer: a, times };
  }
  return best.map((one, v) => ({ ...one, of: of[v] as number }));
}

/** The share of this answer among the votes of other voters on the voter's items; null without such votes. */
function shareOfOthers(votes: VotesByItem, own: number, wanted: number, leaveOut: readonly boolean[]): number | null {
  const { items, start, voter, answer } = votes;
  let [same, all] = [0, 0];
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    if (!voter.subarray(from, to).includes(own)) continue;
    for (let k = from; k < to; k++) {
      if (leaveOut[voter[k] as number] === true) continue;
      all++;
      if (answer[k] === wanted) same++;
    }
  }
  // Half a vote on each side: an answer that no other voter gives is not impossible.
  return all === 0 ? null : (same + 0.5) / (all + 1);
}

/** @param skill of each voter, to say whether the solution trusts these voters at least as much as the median of the others. */
export function warnOfConstantVoters(votes: VotesByItem, skill: Float64Array): readonly AggregationWarning[] {
  const voters = constantVoters(votes);
  if (voters.length === 0) return [];
  const others = [...skill].filter((value, voter) => !Number.isNaN(value) && !voters.includes(voter)).sort((a, b) => a - b);
  const median = others[Math.floor(others.length / 2)] ?? 1;
  const trusted = voters.some((voter) => (skill[voter] as number) >= median);
  const who = voters.length === 1 ? "1 voter gives" : `${voters.length} voters give`;
  const reason = trusted
    ? `${who} one answer to nearly all images, and this solution follows them. Leave them out, or use an aggregator that estimates habits.`
    : `${who} one answer to nearly all images. Their answers say nothing about the images.`;
  return [{ kind: "constantVoters", voters, share: voters.length / votes.voters, reason }];
}

/** Shared items from which on a pair of voters is compared. */
const fewestShared = 20;
/** Of the agreement that the model leaves possible beyond its expectation. */
const noticeable = 0.3;
/** Over all pairs. */
const dependenceP = 0.01;
/** Sums over answers and truths, for all pairs; with more, the voters with the most votes are compared. */
const maxSums = 5e7;

/**
 * Pairs of voters who agree much more often than the model expects of independent voters with these tables: they copied from one another, or
 * the solution mistakes their right answers for errors, as a degenerate one does.
 */
export function warnOfDependentVoters(votes: VotesByItem, model: ConfusionModel, fit: ConfusionFit): readonly AggregationWarning[] {
  const compared = mostActiveVoters(votes, model);
  const pairs = comparePairs(votes, model, fit, compared);
  const tested = pairs.filter(({ shared }) => shared >= fewestShared);
  const dependent = tested.filter(({ shared, agreed, expected, variance }) => {
    const excess = agreed - expected;
    const isLarge = excess >= noticeable * (shared - expected) && excess > 0;
    return isLarge && normalTail(excess / Math.sqrt(Math.max(variance, 1e-12))) * tested.length < dependenceP;
  });
  if (dependent.length === 0) return [];
  const voters = [...new Set(dependent.flatMap(({ first, second }) => [first, second]))].sort((a, b) => a - b);
  const reason =
    `${voters.length} voters agree with one another much more often than their skills explain. ` +
    "They may have copied answers, or the solution follows other voters who did.";
  return [{ kind: "dependentVoters", voters, share: dependent.length / tested.length, reason }];
}

function mostActiveVoters({ voters, answers, voter }: VotesByItem, { columns }: ConfusionModel): readonly number[] {
  const counts = new Int32Array(voters);
  for (const v of voter) counts[v] = (counts[v] as number) + 1;
  const most = Math.floor(Math.sqrt((2 * maxSums) / (columns === "truths" ? answers ** 2 : answers)));
  return [...counts.keys()]
    .filter((v) => (counts[v] as number) >= fewestShared)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}

interface ComparedPair {
  readonly first: number;
  readonly second: number;
  shared: number;
  agreed: number;
  /** Of the number of agreements. */
  expected: number;
  variance: number;
}

/** Truths that are less probable add nothing that can be noticed. */
const negligible = 1e-6;

function comparePairs(votes: VotesByItem, model: ConfusionModel, fit: ConfusionFit, compared: readonly number[]): readonly ComparedPair[] {
  const { items, voters, answers, start, voter, answer } = votes;
  const isCompared = new Uint8Array(voters);
  for (const v of compared) isCompared[v] = 1;
  const pairs = new Map<number, ComparedPair & { readonly agreement: (truth: number) => number }>();
  for (let i = 0; i < items; i++) {
    const row = fit.posterior.subarray(i * answers, (i + 1) * answers);
    const truths: number[] = [];
    for (let c = 0; c < answers; c++) if ((row[c] as number) > negligible) truths.push(c);
    for (let k = start[i] as number; k < (start[i + 1] as number); k++)
      for (let l = k + 1; l < (start[i + 1] as number); l++) {
        const [first, second] = [voter[k] as number, voter[l] as number];
        if (first === second || isCompared[first] === 0 || isCompared[second] === 0) continue;
        let pair = pairs.get(first * voters + second);
        if (pair === undefined) {
          const agreement = expectedAgreement(answers, model, fit.table, first, second);
          pair = { first, second, shared: 0, agreed: 0, expected: 0, variance: 0, agreement };
          pairs.set(first * voters + second, pair);
        }
        let p = 0;
        for (const c of truths) p += (row[c] as number) * pair.agreement(c);
        pair.shared++;
        pair.expected += p;
        pair.variance += p * (1 - p);
        if (answer[k] === answer[l]) pair.agreed++;
      }
  }
  return [...pairs.values()];
}

/** The probability that two voters agree, by truth. */
function expectedAgreement(
  answers: number,
  model: ConfusionModel,
  table: Float64Array,
  first: number,
  second: number,
): (truth: number) => number {
  const size = answers * columnsOf(model, answers);
  const [one, other] = [first * size, second * size];
  const both = (at: number): number => (table[one + at] as number) * (table[other + at] as number);
  if (model.columns === "truths") {
    const byTruth = new Float64Array(answers);
    for (let at = 0; at < size; at++) byTruth[at % answers] = (byTruth[at % answers] as number) + both(at);
    return (truth) => byTruth[truth] as number;
  }
  let wrong = 0;
  for (let a = 0; a < answers; a++) wrong += both(2 * a);
  return (truth) => wrong - both(2 * truth) + both(2 * truth + 1);
}

/** Items whose label differs, from which share on a solution is another one. */
const otherLabels = 0.05;
/** Log-odds of the better solution, up to which both are plausible: 20 to 1. */
const plausible = 3;

/** Solutions from other starts that fit about as well, or better, and give other labels. */
export function warnOfSeveralSolutions(
  votes: VotesByItem,
  best: ConfusionFit,
  others: readonly ConfusionFit[],
  labelsOf: (fit: ConfusionFit) => Int32Array,
): readonly AggregationWarning[] {
  const labels = labelsOf(best);
  const voted = labels.filter((label) => label !== none).length;
  const shares = others
    .filter(({ objective }) => objective >= best.objective - plausible)
    .map(
      (fit) => labelsOf(fit).filter((label, i) => votes.start[i] !== votes.start[i + 1] && label !== labels[i]).length / Math.max(1, voted),
    );
  const share = Math.max(0, ...shares);
  if (share < otherLabels) return [];
  const percent = Math.round(100 * share);
  const reason = `Another solution explains the votes about as well, and gives other labels to ${percent}% of the images. Collect more votes.`;
  return [{ kind: "severalSolutions", voters: [], share, reason }];
}
