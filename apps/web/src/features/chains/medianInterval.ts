/**
 * A distribution-free interval of a median: the order statistics whose ranks a fair coin leaves out with at most 5% (Conover,
 * Practical Nonparametric Statistics, 3.2). Null where even the whole range does not cover 95%, which is below six values.
 */
export function medianInterval(values: readonly number[]): readonly [number, number] | null {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  let tail = 0.5 ** count;
  if (2 * tail > 0.05) return null;
  let rank = 0;
  for (let term = tail; ; rank++) {
    term = (term * (count - rank)) / (rank + 1);
    if (2 * (tail + term) > 0.05) break;
    tail += term;
  }
  return [sorted[rank] as number, sorted[count - 1 - rank] as number];
}
