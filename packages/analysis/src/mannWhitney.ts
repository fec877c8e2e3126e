/**
 * Mann and Whitney's U test (1947): whether one sample tends to be larger than another, without assumptions about their distributions.
 * The paper's test for "CPPN images are labelled with more confidence than direct ones" (sections 3.3 and 3.4).
 * Exact if the smaller sample has at most eight values and there are no ties; otherwise the normal approximation, corrected for ties and
 * continuity.
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

const largestExactSample = 8;

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
  for (let start = 0; start < pooled.length; ) {
    let end = start + 1;
    while (end < pooled.length && pooled[end] === pooled[start]) end++;
    const rank = (start + 1 + end) / 2;
    for (; taken < m && firstSorted[taken] === pooled[start]; taken++) rankSum += rank;
    const tied = end - start;
    tieTerm += tied ** 3 - tied;
    start = end;
  }
  const u = rankSum - (m * (m + 1)) / 2;
  const method = Math.min(m, n) <= largestExactSample && tieTerm === 0 ? "exact" : "normal";
  const upper = (value: number): number => (method === "exact" ? exactUpperTail(m, n, value) : approximateUpperTail(m, n, tieTerm, value));
  const greater = upper(u);
  const less = upper(m * n - u);
  const p = alternative === "greater" ? greater : alternative === "less" ? less : Math.min(1, 2 * Math.min(greater, less));
  return { u, p, effect: u / (m * n), method };
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

/** P(U >= u). The distribution is symmetric and the same for both samples. */
function exactUpperTail(m: number, n: number, u: number): number {
  const shares = exactDistribution(m, n);
  let tail = 0;
  for (let s = shares.length - 1; s >= u; s--) tail += shares[s] as number;
  return Math.min(1, tail);
}

function approximateUpperTail(m: number, n: number, tieTerm: number, u: number): number {
  const total = m + n;
  const variance = ((m * n) / 12) * (total + 1 - tieTerm / (total * (total - 1)));
  if (!(variance > 0)) return 1;
  return normalTail((u - (m * n) / 2 - 0.5) / Math.sqrt(variance));
}
