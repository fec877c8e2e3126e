/**
 * Adjusted p-values that control the probability of any false rejection (Holm 1979, "A simple sequentially rejective multiple test
 * procedure", Scand J Stat 6:65), whatever the dependence of the tests.
 */

/** The adjusted values, in the order given; each is from its p to 1. */
export function holm(ps: readonly number[]): number[] {
  const ascending = ps.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p);
  const adjusted = ps.map(() => 1);
  let greatest = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    greatest = Math.min(1, Math.max(greatest, p * (ps.length - rank)));
    adjusted[index] = greatest;
  }
  return adjusted;
}
