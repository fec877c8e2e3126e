/**
 * Krippendorff's coincidence matrix (2011, "Computing Krippendorff's Alpha-Reliability", step 2): o[c, k] counts the pairs of votes c and
 * k within items, an item with m votes giving each pair the weight 1 / (m - 1). Items with fewer than two votes have no pairs, which is
 * how missing votes are handled. Items with equal counts of answers contribute equally and form one pattern.
 */
import type { VotesByItem } from "../votesByItem.ts";

export interface ItemPattern {
  /** Answers that occur, ascending, and the number of votes for each. */
  readonly answers: Int32Array;
  readonly counts: Int32Array;
  /** m, at least 2. */
  readonly votes: number;
}

export interface ItemPatterns {
  readonly answers: number;
  readonly patterns: readonly ItemPattern[];
  /** Pattern of each item with at least two votes, in order of items. */
  readonly patternOf: Int32Array;
}

export function itemPatterns(votes: VotesByItem): ItemPatterns {
  const { items, answers, start, answer } = votes;
  const patterns: ItemPattern[] = [];
  const known = new Map<string, number>();
  const patternOf: number[] = [];
  const count = new Int32Array(answers);
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    if (to - from < 2) continue;
    const present: number[] = [];
    for (let k = from; k < to; k++) {
      const a = answer[k] as number;
      if (count[a] === 0) present.push(a);
      count[a] = (count[a] as number) + 1;
    }
    if (present.length > 1) present.sort((a, b) => a - b);
    let key = "";
    for (const a of present) key += `${a}:${count[a]} `;
    let pattern = known.get(key);
    if (pattern === undefined) {
      pattern = patterns.length;
      known.set(key, pattern);
      patterns.push({ answers: Int32Array.from(present), counts: Int32Array.from(present, (a) => count[a] as number), votes: to - from });
    }
    for (const a of present) count[a] = 0;
    patternOf.push(pattern);
  }
  return { answers, patterns, patternOf: Int32Array.from(patternOf) };
}

/** Patterns as columns, for statistics that are computed for many resamples: the answers of pattern p are at start[p] to start[p + 1] - 1. */
export interface FlatPatterns {
  readonly answers: number;
  readonly start: Int32Array;
  readonly answer: Int32Array;
  readonly count: Int32Array;
  /** Of each pattern. */
  readonly votes: Int32Array;
}

export function flatPatterns({ answers, patterns }: ItemPatterns): FlatPatterns {
  const start = new Int32Array(patterns.length + 1);
  for (const [index, pattern] of patterns.entries()) start[index + 1] = (start[index] as number) + pattern.answers.length;
  const [answer, count] = [new Int32Array(start[patterns.length] as number), new Int32Array(start[patterns.length] as number)];
  for (const [index, pattern] of patterns.entries()) {
    answer.set(pattern.answers, start[index]);
    count.set(pattern.counts, start[index]);
  }
  return { answers, start, answer, count, votes: Int32Array.from(patterns, ({ votes }) => votes) };
}

/** Number of items of each pattern, if item u occurs weights[u] times; `into` has a value for each pattern. */
export function weighPatterns(patternOf: Int32Array, weights: Float64Array, into: Float64Array): void {
  into.fill(0);
  for (let u = 0; u < patternOf.length; u++) {
    const pattern = patternOf[u] as number;
    into[pattern] = (into[pattern] as number) + (weights[u] as number);
  }
}

/** The coincidence matrix, answers x answers, of items with these weights of patterns. */
export function coincidenceMatrix({ answers, patterns }: ItemPatterns, weights: Float64Array): Float64Array {
  const matrix = new Float64Array(answers * answers);
  for (const [index, { answers: present, counts, votes }] of patterns.entries()) {
    const weight = (weights[index] as number) / (votes - 1);
    if (weight === 0) continue;
    for (let a = 0; a < present.length; a++)
      for (let b = 0; b < present.length; b++) {
        const pairs = (counts[a] as number) * ((counts[b] as number) - (a === b ? 1 : 0));
        const at = (present[a] as number) * answers + (present[b] as number);
        matrix[at] = (matrix[at] as number) + weight * pairs;
      }
  }
  return matrix;
}

/** The same matrix of all items, from the counts of answers, items x answers, with the number of items and votes that have pairs. */
export function coincidencesOfCounts(counts: Int32Array, answers: number) {
  const matrix = new Float64Array(answers * answers);
  let [items, votes] = [0, 0];
  const present: number[] = [];
  for (let row = 0; row < counts.length; row += answers) {
    let m = 0;
    present.length = 0;
    for (let a = 0; a < answers; a++) {
      const count = counts[row + a] as number;
      if (count === 0) continue;
      m += count;
      present.push(a);
    }
    if (m < 2) continue;
    items++;
    votes += m;
    const weight = 1 / (m - 1);
    for (const a of present)
      for (const b of present) {
        const at = a * answers + b;
        const pairs = (counts[row + b] as number) - (a === b ? 1 : 0);
        matrix[at] = (matrix[at] as number) + weight * (counts[row + a] as number) * pairs;
      }
  }
  return { matrix, items, votes };
}
