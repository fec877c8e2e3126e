/**
 * Split-half reliability of the images' shares: voters are divided into two halves, each half's share of agreement is computed for each
 * image, and the two columns are correlated over images (Pearson). The mean correlation over many random divisions is stepped up to the
 * full number of voters by the formula of Spearman (1910) and Brown (1910), 2 r / (1 + r). Parsons, Kruijt & Fox 2019 ("Psychological
 * science needs a standard practice of reporting the reliability of cognitive-behavioral measurements", AMPPS 2:378) recommend many
 * divisions, since one depends on luck. Here the correlations are averaged first: the formula has a pole at -1, to which single divisions
 * of few images come close. Resampling images gives intervals that exclude 0 too often without effects of images, so the interval is that of
 * the reliability by components of variance (`shareReliability`).
 */
import { quantileOfSorted } from "@pareidolia/analysis/quantile";
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { type CountedVotes, none } from "../countedVotes.ts";
import { permutation } from "../draws.ts";
import { weightedCorrelation } from "../numbers/weightedCorrelation.ts";
import { type Evidence, type Undefined, undefinedBecause } from "./coefficient.ts";
import { type ShareReliability, shareReliability } from "./shareReliability.ts";

export interface SplitHalfOptions {
  /** Of the divisions. */
  readonly seed: number;
  /** Random divisions of the voters; all of them if there are no more. Default 200. */
  readonly splits?: number;
}

export type SplitHalf =
  | (Evidence & {
      readonly defined: true;
      /** The mean over divisions, stepped up to all voters, from -1 to 1. */
      readonly estimate: number;
      /** By components of variance, with its interval. */
      readonly reliability: ShareReliability | Undefined;
      readonly voters: number;
      /** Divisions with a defined correlation. */
      readonly splits: number;
      /** Whether these are all divisions of the voters into halves. */
      readonly exhaustive: boolean;
      /** The reliability from single divisions: 2.5th and 97.5th percentile. */
      readonly lowestSplits: number;
      readonly maxSplits: number;
    })
  | Undefined;

/** The stream of the divisions, besides those of bootstraps. */
const stream = 2;

/**
 * The reliability of twice as many voters as those whose correlation this is, from -1 to 1. A negative correlation, which says that there is
 * no reliability to step up, stays as it is.
 */
export function spearmanBrown(r: number): number {
  return r < 0 ? r : (2 * r) / (1 + r);
}

/**
 * Votes that do not count (`agrees` is none) are left out, as are images without votes in both halves.
 * @throws AppError INVALID_INPUT for fewer than one division.
 */
export function splitHalfReliability(
  votes: Pick<CountedVotes, "items" | "voters" | "item" | "voter" | "agrees">,
  { splits: wanted = 200, seed }: SplitHalfOptions,
): SplitHalf {
  if (!(wanted >= 1)) throw new AppError("INVALID_INPUT", "The reliability needs at least one division of the voters.");
  const counted = [...votes.agrees.keys()].filter((vote) => votes.agrees[vote] !== none);
  const voters = indexOf(counted.map((vote) => votes.voter[vote] as number));
  if (voters.size < 2) return undefinedBecause("The reliability needs votes of at least two voters.");
  const items = indexOf(itemsWithVotes(votes, counted));
  if (items.size < 3) return undefinedBecause("The reliability needs at least three images with votes of two voters.");
  const item = Int32Array.from(counted, (vote) => items.get(votes.item[vote] as number) ?? none);
  const voter = Int32Array.from(counted, (vote) => voters.get(votes.voter[vote] as number) as number);
  const agrees = Int8Array.from(counted, (vote) => votes.agrees[vote] as number);
  const { halves, exhaustive } = divisions(voters.size, wanted, seed);
  const columns = halves.map((isFirst) => sharesOfHalves({ items: items.size, item, voter, agrees }, isFirst));
  const equal = new Float64Array(items.size).fill(1);
  const single = columns.map((pair) => weightedCorrelation(pair.first, pair.second, equal)).filter((r) => !Number.isNaN(r));
  if (single.length === 0)
    return undefinedBecause("Within a half of the voters, all images have the same share, so there is nothing to correlate.");
  const sorted = Float64Array.from(single, spearmanBrown).sort();
  return {
    defined: true,
    estimate: spearmanBrown(single.reduce((sum, r) => sum + r, 0) / single.length),
    reliability: shareReliability(compactVotes({ item, voter, agrees })),
    items: items.size,
    votes: item.reduce((sum, index) => sum + (index === none ? 0 : 1), 0),
    voters: voters.size,
    splits: single.length,
    exhaustive,
    lowestSplits: quantileOfSorted(sorted, 0.025),
    maxSplits: quantileOfSorted(sorted, 0.975),
  };
}

/** The votes on images with two votes or more, with all images and voters that then have one. */
function compactVotes({ item, voter, agrees }: Omit<Columns, "items">) {
  const kept = [...item.keys()]
    .filter((vote) => item[vote] !== none)
    // In one order, so that sums do not depend on the order of votes.
    .sort((a, b) => (item[a] as number) - (item[b] as number) || (voter[a] as number) - (voter[b] as number));
  const voters = indexOf(kept.map((vote) => voter[vote] as number));
  const items = indexOf(kept.map((vote) => item[vote] as number));
  return {
    items: items.size,
    voters: voters.size,
    item: Int32Array.from(kept, (vote) => items.get(item[vote] as number) as number),
    voter: Int32Array.from(kept, (vote) => voters.get(voter[vote] as number) as number),
    agrees: Int8Array.from(kept, (vote) => agrees[vote] as number),
  };
}

/** Values as keys of consecutive numbers, in ascending order. */
function indexOf(values: readonly number[]): ReadonlyMap<number, number> {
  return new Map([...new Set(values)].sort((one, other) => one - other).map((value, index) => [value, index]));
}

/** Images with at least two votes that count. */
function itemsWithVotes({ items, item }: Pick<CountedVotes, "items" | "item">, counted: readonly number[]): number[] {
  const count = new Int32Array(items);
  for (const vote of counted) count[item[vote] as number] = (count[item[vote] as number] as number) + 1;
  return [...count.keys()].filter((index) => (count[index] as number) >= 2);
}

/** Which voters are in the first half, for each division. Halves of an odd number differ by one voter. */
function divisions(voters: number, wanted: number, seed: number): { readonly halves: readonly Uint8Array[]; readonly exhaustive: boolean } {
  const half = Math.floor(voters / 2);
  if (numberOfDivisions(voters) <= wanted) return { halves: allDivisions(voters, half), exhaustive: true };
  const halves = Array.from({ length: wanted }, (_, index) => {
    const order = permutation(voters, new Random({ seed, generation: stream, index, purpose: Purpose.RESAMPLE }));
    const isFirst = new Uint8Array(voters);
    for (const voter of order.subarray(0, half)) isFirst[voter] = 1;
    return isFirst;
  });
  return { halves, exhaustive: false };
}

/** How many ways there are to divide voters into halves; which half is the first does not matter. */
function numberOfDivisions(voters: number): number {
  const half = Math.floor(voters / 2);
  let ways = 1;
  for (let k = 1; k <= half; k++) ways = (ways * (voters - half + k)) / k;
  return voters % 2 === 0 ? ways / 2 : ways;
}

function allDivisions(voters: number, half: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const chosen = new Uint8Array(voters);
  const choose = (from: number, left: number): void => {
    if (left === 0) {
      found.push(chosen.slice());
      return;
    }
    for (let voter = from; voter <= voters - left; voter++) {
      chosen[voter] = 1;
      choose(voter + 1, left - 1);
      chosen[voter] = 0;
    }
  };
  if (voters % 2 === 1) choose(0, half);
  else {
    // The half with the first voter; the other half is the rest.
    chosen[0] = 1;
    choose(1, half - 1);
  }
  return found;
}

interface HalfShares {
  /** NaN without votes. */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

interface Columns {
  readonly items: number;
  readonly item: Int32Array;
  readonly voter: Int32Array;
  readonly agrees: Int8Array;
}

function sharesOfHalves({ items, item, voter, agrees }: Columns, isFirst: Uint8Array): HalfShares {
  const [votes, agreeing] = [new Int32Array(2 * items), new Int32Array(2 * items)];
  for (let vote = 0; vote < item.length; vote++) {
    if (item[vote] === none) continue;
    const at = (item[vote] as number) + (isFirst[voter[vote] as number] === 1 ? 0 : items);
    votes[at] = (votes[at] as number) + 1;
    agreeing[at] = (agreeing[at] as number) + (agrees[vote] as number);
  }
  const share = (from: number): Float64Array =>
    Float64Array.from({ length: items }, (_, index) => (agreeing[from + index] as number) / (votes[from + index] as number));
  return { first: share(0), second: share(items) };
}
