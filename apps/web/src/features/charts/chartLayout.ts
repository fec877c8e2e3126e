/** The horizontal axis that curves, jumps and scrubber share, and the placement of labels. */
import { type ScaleLinear, scaleLinear } from "d3-scale";

export const plot = { left: 62, right: 52, top: 10, bottom: 246, height: 272 } as const;

export function generationScale(generations: number, width: number): ScaleLinear<number, number> {
  return scaleLinear([0, Math.max(1, generations)], [plot.left, Math.max(plot.left + 1, width - plot.right)]).clamp(true);
}

/** Moves labels apart until they are at least `gap` apart, in their order and above `limit`. */
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
