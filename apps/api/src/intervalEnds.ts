/** An interval in the API: its two ends, or null with the reason why there is none. */
import type { BoundsOrReason } from "@pareidolia/perception/intervals/bounds";

export interface IntervalEnds {
  readonly low: number | null;
  readonly high: number | null;
  readonly intervalReason: string | null;
}

/** Descriptions of the three fields. */
export const endDescriptions = {
  low: "Lower end of the 95% interval for other runs of this kind; null if there is none.",
  high: "Upper end of the 95% interval; null if there is none.",
  intervalReason: "Why there is no interval; null if there is one.",
} as const;

export function endsOf(bounds: BoundsOrReason): IntervalEnds {
  return bounds.defined
    ? { low: bounds.low, high: bounds.high, intervalReason: null }
    : { low: null, high: null, intervalReason: bounds.reason };
}
