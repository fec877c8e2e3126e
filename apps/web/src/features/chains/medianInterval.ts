/**
 * A distribution-free 95% confidence interval of a median: two order statistics, such that a binomial distribution with p = 1/2 assigns at
 * most 5% to the ranks outside (Conover, Practical Nonparametric Statistics, 3.2). Null for fewer than six values, whose whole range does
 * not cover 95%.
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
