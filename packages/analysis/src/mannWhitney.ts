/**
 * Mann and Whitney's U test (1947): whether one sample tends to be larger than another, without assumptions about their distributions.
 * The paper's test for "CPPN images are labelled with more confidence than direct ones" (sections 3.3 and 3.4).
 * Exact if the smaller sample has at most eight values: without ties by the distribution of U, and with ties by its permutation distribution
 * given these ties (Lehmann 1975, "Nonparametrics", 1.4), if that takes at most 20 million steps. Otherwise the normal approximation,
 * corrected for ties and continuity.
 */
import { AppError } from "@pareidolia/core/appError";
import { normalTail } from "./normalTail.ts";

export type Alternative = "two-sided" | "greater" | "less";

export interface MannWhitneyResult {
  /** Number of pairs in which the first sample's value is larger; a tie counts one half. */
  readonly u: number;
  readonly p: number;
  /** u divided by the number of pairs: the probability that a value of the first sample is larger than one of the second. */
  readonly effect: number;
  readonly method: "exact" | "normal";
}

/** Of the smaller sample. */
export const maxExactSample = 8;
/** Above this number of values times possible sums, the exact p of tied samples takes more than about a tenth of a second. */
const maxSteps = 2e7;

/** @throws AppError INVALID_INPUT for an empty sample or NaN. */
export function mannWhitney(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  alternative: Alternative = "two-sided",
): MannWhitneyResult {
  const m = first.length;
  const n = second.length;
  if (m === 0 || n === 0) throw new AppError("INVALID_INPUT", "Both samples need at least one value.");
  const pooled = new Float64Array(m + n);
  pooled.set(first);
  pooled.set(second, m);
  if (pooled.some(Number.isNaN)) throw new AppError("INVALID_INPUT", "A sample contains a value that is not a number.");
  pooled.sort();
  const firstSorted = Float64Array.from(first).sort();

  let rankSum = 0;
  let tieTerm = 0;
  let taken = 0;
  const ranks = new Float64Array(m + n);
  for (let start = 0; start < pooled.length; ) {
    let end = start + 1;
    while (end < pooled.length && pooled[end] === pooled[start]) end++;
    const rank = (start + 1 + end) / 2;
    for (; taken < m && firstSorted[taken] === pooled[start]; taken++) rankSum += rank;
    const tied = end - start;
    ranks.fill(rank, start, end);
    tieTerm += tied ** 3 - tied;
    start = end;
  }
  const u = rankSum - (m * (m + 1)) / 2;
  const small = Math.min(m, n);
  const isExact = small <= maxExactSample && (tieTerm === 0 || (m + n) * small * 2 * m * n <= maxSteps);
  const { greater, less } = isExact ? exactTails({ m, n, ranks, isTied: tieTerm > 0 }, u) : approximateTails(m, n, tieTerm, u);
  const p = alternative === "greater" ? greater : alternative === "less" ? less : Math.min(1, 2 * Math.min(greater, less));
  return { u, p, effect: u / (m * n), method: isExact ? "exact" : "normal" };
}

/** The smallest possible one-sided p for samples of these sizes: 1 / (m + n choose m). */
export function smallestP(m: number, n: number): number {
  let p = 1;
  for (let k = 1; k <= m; k++) p *= k / (n + k);
  return p;
}

/** P(U = 0), P(U = 1), ... by counting arrangements (Mann & Whitney 1947, the recurrence in section 3). */
export function exactDistribution(m: number, n: number): Float64Array {
  const small = Math.min(m, n);
  const large = Math.max(m, n);
  // shares[k][s]: probability that k of the first `taken` ranks belong to the smaller sample with U = s, built up rank by rank.
  let shares: Float64Array[] = Array.from({ length: small + 1 }, () => new Float64Array(m * n + 1));
  (shares[0] as Float64Array)[0] = 1;
  for (let taken = 1; taken <= small + large; taken++) {
    const next: Float64Array[] = Array.from({ length: small + 1 }, () => new Float64Array(m * n + 1));
    for (let k = 0; k <= small; k++) {
      const others = taken - 1 - k;
      if (others < 0 || others > large) continue;
      const remaining = small + large - taken + 1;
      const toSmall = (small - k) / remaining;
      const from = shares[k] as Float64Array;
      for (let s = 0; s <= k * large; s++) {
        const share = from[s] as number;
        if (share === 0) continue;
        if (k < small) (next[k + 1] as Float64Array)[s + others] = ((next[k + 1] as Float64Array)[s + others] as number) + share * toSmall;
        if (others < large) (next[k] as Float64Array)[s] = ((next[k] as Float64Array)[s] as number) + share * (1 - toSmall);
      }
    }
    shares = next;
  }
  return shares[small] as Float64Array;
}

interface Tails {
  /** P(U >= u) and P(U <= u). */
  readonly greater: number;
  readonly less: number;
}

interface Ranked {
  readonly m: number;
  readonly n: number;
  /** Of all values, ascending; ties have their mean. */
  readonly ranks: Float64Array;
  readonly isTied: boolean;
}

function exactTails({ m, n, ranks, isTied }: Ranked, u: number): Tails {
  if (!isTied) {
    // The distribution is symmetric, and the same for both samples.
    const shares = exactDistribution(m, n);
    return { greater: sumOf(shares, u, m * n), less: sumOf(shares, 0, u) };
  }
  // Twice U is a whole number, whatever the ties. The other sample's U is m n - U.
  const isFirst = m <= n;
  const shares = tiedDistribution(Math.min(m, n), ranks);
  const at = 2 * (isFirst ? u : m * n - u);
  const [above, below] = [sumOf(shares, at, 2 * m * n), sumOf(shares, 0, at)];
  return isFirst ? { greater: above, less: below } : { greater: below, less: above };
}

function sumOf(shares: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let s = from; s <= to; s++) sum += shares[s] as number;
  return Math.min(1, sum);
}

/** P(2 U = 0), P(2 U = 1), ... over all choices of the first sample's m values among these mid-ranks. */
function tiedDistribution(m: number, ranks: Float64Array): Float64Array {
  const n = ranks.length - m;
  const least = m * (m + 1);
  // shares[k][s]: probability that k of the values so far belong to the first sample, and twice their ranks sum to s.
  const most = least + 2 * m * n;
  const shares = Array.from({ length: m + 1 }, () => new Float64Array(most + 1));
  (shares[0] as Float64Array)[0] = 1;
  for (const [taken, rank] of ranks.entries()) {
    const remaining = ranks.length - taken;
    for (let k = Math.min(m, taken + 1); k >= 0; k--) {
      const own = shares[k] as Float64Array;
      const before = k > 0 ? (shares[k - 1] as Float64Array) : null;
      const chosen = (m - k + 1) / remaining;
      const passed = 1 - (m - k) / remaining;
      const step = 2 * rank;
      for (let s = most; s >= 0; s--)
        own[s] = (own[s] as number) * passed + (before !== null && s >= step ? (before[s - step] as number) * chosen : 0);
    }
  }
  return (shares[m] as Float64Array).slice(least);
}

function approximateTails(m: number, n: number, tieTerm: number, u: number): Tails {
  const total = m + n;
  const variance = ((m * n) / 12) * (total + 1 - tieTerm / (total * (total - 1)));
  if (!(variance > 0)) return { greater: 1, less: 1 };
  const tail = (value: number): number => normalTail((value - (m * n) / 2 - 0.5) / Math.sqrt(variance));
  return { greater: tail(u), less: tail(m * n - u) };
}
