/** Spearman's rank correlation (1904). Ties get their mean rank. */
import { AppError } from "@pareidolia/core/appError";

/** From -1 to 1; 0 if all values of a list are equal. @throws AppError INVALID_INPUT for lists of different length or under two pairs. */
export function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  if (first.length !== second.length || first.length < 2)
    throw new AppError("INVALID_INPUT", "A correlation needs two lists of equal length, with at least two pairs.");
  const a = meanRanks(first);
  const b = meanRanks(second);
  const middle = (first.length + 1) / 2;
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let i = 0; i < a.length; i++) {
    const da = (a[i] as number) - middle;
    const db = (b[i] as number) - middle;
    covariance += da * db;
    varianceA += da * da;
    varianceB += db * db;
  }
  return varianceA === 0 || varianceB === 0 ? 0 : covariance / Math.sqrt(varianceA * varianceB);
}

/** Ranks from 1; ties get their mean rank. */
export function meanRanks(values: readonly number[]): readonly number[] {
  const sorted = Float64Array.from(values).sort();
  const rankOf = new Map<number, number>();
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    rankOf.set(sorted[start] as number, (start + 1 + end) / 2);
    start = end;
  }
  return values.map((value) => rankOf.get(value) as number);
}
