/** Bars of a stored histogram for drawing. */

export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly below: number;
  readonly above: number;
}

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Bins that are not empty. */
export function barsOf({ edges, counts }: Histogram): Bar[] {
  return counts.flatMap((count, bin) => (count === 0 ? [] : [{ from: edges[bin] as number, to: edges[bin + 1] as number, count }]));
}

/** The range of all bars, at least `least` wide around `middle`. */
export function rangeOf(bars: readonly Bar[], middle: number, least: number): [number, number] {
  return [Math.min(middle - least / 2, ...bars.map(({ from }) => from)), Math.max(middle + least / 2, ...bars.map(({ to }) => to))];
}
