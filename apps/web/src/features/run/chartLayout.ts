/** The one horizontal axis that curves, jumps and scrubber share, and the vertical one of the curves. */
import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { StatisticsFragment } from "../../graphql/generated/graphql.ts";
import { openNinesScale } from "../marks/confidence.ts";

export const plot = { left: 62, right: 52, top: 10, bottom: 246, height: 272 } as const;

/** Confidences that may wear a tick; the axis ends at the first one at or above all values, and not below six nines. */
const axisConfidences = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999, 0.9999999] as const;
const leastTop = openNinesScale(0.999999);
const greatestTop = openNinesScale(0.9999999);

export interface ConfidenceAxis {
  readonly ticks: readonly number[];
  /** The share of the axis that the ramp covers, from below. */
  readonly rampShare: number;
  y(confidence: number): number;
}

export function confidenceAxis(statistics: readonly StatisticsFragment[]): ConfidenceAxis {
  const reached = statistics.reduce((best, row) => Math.max(best, openNinesScale(row.maximum)), 0);
  const top = reached > leastTop ? greatestTop : leastTop;
  const toY = scaleLinear([0, top], [plot.bottom, plot.top]).clamp(true);
  return {
    ticks: axisConfidences.filter((confidence) => openNinesScale(confidence) <= top + 1e-9),
    rampShare: 1 / top,
    y: (confidence) => toY(Math.min(top, openNinesScale(confidence))),
  };
}

export function generationScale(generations: number, width: number): ScaleLinear<number, number> {
  return scaleLinear([0, Math.max(1, generations)], [plot.left, Math.max(plot.left + 1, width - plot.right)]).clamp(true);
}

/** Pushes labels apart until no two are nearer than `gap`, keeping their order and staying above `limit`. */
export function spreadLabels(positions: readonly number[], gap: number, limit: number): readonly number[] {
  const order = positions.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  for (let i = 1; i < order.length; i++) {
    const above = order[i - 1] as { y: number };
    const label = order[i] as { y: number };
    label.y = Math.max(label.y, above.y + gap);
  }
  for (let i = order.length - 1; i >= 0; i--) {
    const label = order[i] as { y: number };
    label.y = Math.min(label.y, limit - (order.length - 1 - i) * gap);
  }
  const spread = new Array<number>(positions.length);
  for (const { y, index } of order) spread[index] = y;
  return spread;
}
