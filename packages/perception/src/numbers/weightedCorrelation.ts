/** Pearson's correlation of weighted units, such as of a resample that contains some of them several times. */

/** From -1 to 1; NaN if a list does not vary among the units with a weight. Units with NaN in a list are left out. */
export function weightedCorrelation(first: ArrayLike<number>, second: ArrayLike<number>, weights: Float64Array): number {
  // Destructuring arrays here would take five times as long.
  let n = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] as number;
    if (weight === 0) continue;
    const a = first[index] as number;
    const b = second[index] as number;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    const weightedA = weight * a;
    const weightedB = weight * b;
    n += weight;
    x += weightedA;
    y += weightedB;
    xx += weightedA * a;
    yy += weightedB * b;
    xy += weightedA * b;
  }
  const ofFirst = xx - (x * x) / n;
  const ofSecond = yy - (y * y) / n;
  // Rounding leaves a little of values that do not vary.
  if (!(ofFirst > 1e-9 && ofSecond > 1e-9)) return Number.NaN;
  return Math.max(-1, Math.min(1, (xy - (x * y) / n) / Math.sqrt(ofFirst * ofSecond)));
}
