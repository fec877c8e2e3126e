/** A difference between two groups of images or two studies, as results store it. */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { number, record, type Shape, type ShapeValue } from "@pareidolia/core/documentShape";
import { figureShape } from "./figure.ts";

const intervalShape: Shape<Interval> = record({ estimate: number, low: number, high: number });
const differenceFields = record({
  /** Of the first less the second; n counts votes or images. */
  difference: figureShape,
  /** Two-sided, not corrected for multiple comparisons. */
  p: number,
  /**
   * Cohen's h for shares, Hedges' g for confidences, and Cohen's d of the paired differences between studies. Its interval generalises over
   * the same as that of the difference.
   */
  effect: intervalShape,
});

export interface DifferenceResult extends ShapeValue<typeof differenceFields> {}
export const differenceShape: Shape<DifferenceResult> = differenceFields;
