/** The percentile of values with linear interpolation between ranks, like NumPy's default. */
export function percentile(values: Float64Array, percent: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(rank);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (rank - below);
}

/** Sets every pixel of `offset` whose measure is below the percentile of all measures to 0, which is the network's mean colour. */
export function clearBelow(offset: Float32Array, measures: Float64Array, percent: number): void {
  const threshold = percentile(measures, percent);
  const channels = offset.length / measures.length;
  for (let pixel = 0; pixel < measures.length; pixel++)
    if ((measures[pixel] as number) < threshold) offset.fill(0, pixel * channels, (pixel + 1) * channels);
}
