/**
 * Adjusted p-values that control the false discovery rate (Benjamini & Hochberg 1995): rejecting at adjusted p-values up to q keeps the
 * expected share of false discoveries at or below q, for independent tests and for positively dependent ones (Benjamini & Yekutieli 2001).
 */

/** The adjusted values, in the order given; each is from its p to 1. */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const ascending = ps.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p);
  const adjusted = ps.map(() => 1);
  let lowest = 1;
  for (let rank = ascending.length; rank >= 1; rank--) {
    const { p, index } = ascending[rank - 1] as { p: number; index: number };
    lowest = Math.min(lowest, p * (ps.length / rank));
    adjusted[index] = lowest;
  }
  return adjusted;
}
