/** The vertical axis of a chart of confidences: the nines scale, up to the highest value. */
import { scaleLinear } from "d3-scale";
import { openNinesScale } from "../marks/confidence.ts";

/** Confidences that may have a tick. An axis ends at `.9999` or a higher one. */
const marks = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999, 0.9999999] as const;

export interface ConfidenceAxis {
  readonly ticks: readonly number[];
  /** The share of the axis that the ramp covers, from the bottom. */
  readonly rampShare: number;
  /** In pixels; values beyond the axis are drawn at its end. */
  y(confidence: number): number;
}

/** The axis ends at the first mark at or above all values, but not below `minEnd` and not above seven nines. */
export function confidenceAxis(
  values: readonly number[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
  minEnd: 0.9999 | 0.999999 = 0.9999,
): ConfidenceAxis {
  const reached = values.reduce((greatest, value) => Math.max(greatest, value), 0);
  const end = marks.find((mark) => mark >= minEnd && mark >= reached) ?? marks[8];
  const scale = scaleLinear([0, openNinesScale(end)], [bottom, top]).clamp(true);
  return {
    ticks: marks.filter((mark) => mark <= end),
    rampShare: 1 / openNinesScale(end),
    y: (confidence) => scale(Math.min(openNinesScale(end), openNinesScale(confidence))),
  };
}
