/** Differences from the baseline, in words. */
import { toNines } from "@pareidolia/core/nines";

/** Such as "+0.42 nines". */
export function deltaInNines(confidence: number, baseline: number): string {
  const delta = toNines(confidence) - toNines(baseline);
  const sign = delta > 0 ? "+" : delta < 0 ? "−" : "±";
  return `${sign}${Math.abs(delta).toFixed(2)} nines`;
}
