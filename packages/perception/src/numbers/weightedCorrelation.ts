/** Pearson's correlation of weighted units, such as of a resample that contains some of them several times. */

/** From -1 to 1; NaN if a list does not vary among the units with a weight. Units with NaN in a list are left out. */
export function weightedCorrelation(first: ArrayLike<number>, second: ArrayLike<number>, weights: Float64Array): number {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < weights.length; index++) {
    const [a, b, weight] = [first[index] as number, second[index] as number, weights[index] as number];
    if (weight === 0 || Number.isNaN(a) || Number.isNaN(b)) continue;
    n += weight;
    x += weight * a;
    y += weight * b;
    xx += weight * a * a;
    yy += weight * b * b;
    xy += weight * a * b;
  }
  const [ofFirst, ofSecond] = [xx - (x * x) / n, yy - (y * y) / n];
  // Rounding leaves a little of values that do not vary.
  if (!(ofFirst > 1e-9 && ofSecond > 1e-9)) return Number.NaN;
  return Math.max(-1, Math.min(1, (xy - (x * y) / n) / Math.sqrt(ofFirst * ofSecond)));
}
