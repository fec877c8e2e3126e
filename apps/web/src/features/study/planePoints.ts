/** The plane of a study: each image by the machine's confidence and the share of people whose vote agrees. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { openNinesScale } from "../marks/confidence.ts";

export interface PlanePoint {
  readonly row: StudyImageRowFragment;
  readonly confidence: number;
  readonly votes: number;
  /** Share of agreeing votes and its 95% Wilson interval, from 0 to 1. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Images with a machine's confidence and at least one vote. */
export function planePoints(images: readonly StudyImageRowFragment[]): PlanePoint[] {
  return images.flatMap((row) => {
    const { confidence, votes, agreeing } = row;
    if (typeof confidence !== "number" || votes === 0) return [];
    const { low, high } = wilsonInterval(agreeing, votes);
    return [{ row, confidence, votes, share: agreeing / votes, low, high }];
  });
}

/** A rectangle on the plane: positions on the nines scale, and shares. */
export interface Brush {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** The brush with both corners in order and inside the plane. @param end the right end of the axis. */
export function normaliseBrush({ x0, x1, y0, y1 }: Brush, end: number): Brush {
  const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  return {
    x0: within(Math.min(x0, x1), end),
    x1: within(Math.max(x0, x1), end),
    y0: within(Math.min(y0, y1), 1),
    y1: within(Math.max(y0, y1), 1),
  };
}

/** Points beyond the end of the axis are drawn at its end, and so are inside a brush that reaches it. */
export function brushed(points: readonly PlanePoint[], { x0, x1, y0, y1 }: Brush, end: number): PlanePoint[] {
  return points.filter(({ confidence, share }) => {
    const x = Math.min(end, openNinesScale(confidence));
    return x >= x0 && x <= x1 && share >= y0 && share <= y1;
  });
}

/** The shape of a source's mark: photographs are squares, direct images crosses, all other images dots. */
export function markOf(source: string): "dot" | "cross" | "square" {
  return source === "photograph" ? "square" : source === "direct" ? "cross" : "dot";
}

/** `43.2%`. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** The ticks whose labels fit: from the last one down, each at least `distance` pixels from the one above it. */
export function spaceTicks(ticks: readonly number[], position: (tick: number) => number, distance: number): number[] {
  const kept: number[] = [];
  for (const tick of [...ticks].reverse()) {
    const above = kept[0];
    if (above === undefined || position(above) - position(tick) >= distance) kept.unshift(tick);
  }
  return kept;
}
