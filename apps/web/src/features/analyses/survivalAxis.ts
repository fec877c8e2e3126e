/**
 * The vertical axis of a survival chart: the nines scale, or for a weak image, whose confidences would all be at its foot, a linear scale
 * that ends at a round number above the highest.
 */
import { scaleLinear } from "d3-scale";
import { formatAxisConfidence, ninesScale } from "../marks/confidence.ts";

export interface SurvivalAxis {
  readonly ticks: readonly number[];
  /** Confidences at which the colour of the ramp beside the axis is set. */
  readonly stops: readonly number[];
  /** The position of a confidence, from 0 at the foot to 1 at the top. */
  share(confidence: number): number;
  /** Empty for a tick without a label. */
  format(tick: number): string;
}

/** Below it, a confidence takes less than a fifth of the nines scale. */
const weak = 0.3;
const labelled: readonly number[] = [0, 0.9, 0.9999];
const stops: readonly number[] = [0, 0.45, 0.9, 0.99, 0.999, 0.9999];
const nines: SurvivalAxis = {
  ticks: [0, 0.9, 0.99, 0.999, 0.9999],
  stops,
  share: ninesScale,
  format: (tick) => (labelled.includes(tick) ? formatAxisConfidence(tick) : ""),
};

/** Such as `.15`; in scientific notation below .001. */
function formatWeak(tick: number): string {
  if (tick === 0) return "0";
  if (tick >= 0.001) return String(Number(tick.toPrecision(3))).replace(/^0/, "");
  const [digits, power] = tick.toExponential(1).split("e");
  return `${Number(digits)}e${power}`;
}

export function survivalAxis(confidences: readonly number[]): SurvivalAxis {
  const highest = Math.max(0, ...confidences);
  if (highest === 0 || highest >= weak) return nines;
  const scale = scaleLinear([0, highest], [0, 1]).nice(2);
  const ticks = scale.ticks(2);
  const end = scale.domain()[1] ?? highest;
  return { ticks, stops: [0, end], share: (confidence) => scale(confidence), format: formatWeak };
}
