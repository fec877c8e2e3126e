/** An axis in nines: from .9 or the lowest value to the first whole number of nines above all values. */
import { scaleLinear } from "d3-scale";
import { formatAxisConfidence, rampColor } from "../marks/confidence.ts";

export interface NinesAxis {
  readonly ticks: readonly number[];
  /** The ramp's colours along the axis. */
  readonly bands: readonly { readonly from: number; readonly to: number; readonly color: string }[];
  x(nines: number): number;
}

const bandsPerNine = 12;

export function ninesAxis(values: readonly number[], range: readonly [number, number]): NinesAxis {
  const lowest = values.length === 0 ? 0 : Math.floor(Math.min(...values));
  const highest = Math.max(lowest + 1, Math.ceil(Math.max(0, ...values)));
  const scale = scaleLinear([lowest, highest], [...range]).clamp(true);
  const step = Math.max(1, Math.ceil((highest - lowest) / 6));
  const ticks = Array.from({ length: Math.floor((highest - lowest) / step) + 1 }, (_, i) => lowest + i * step);
  const count = (highest - lowest) * bandsPerNine;
  const bands = Array.from({ length: count }, (_, i) => {
    const from = lowest + i / bandsPerNine;
    return { from, to: from + 1 / bandsPerNine, color: rampColor(1 - 10 ** -(from + 0.5 / bandsPerNine)) };
  });
  return { ticks, bands, x: (nines) => scale(nines) };
}

/** `0`, `.9`, `.99`, ..., and from five nines the number alone. */
export function nineTickLabel(nines: number): string {
  return nines >= 5 ? String(nines) : formatAxisConfidence(1 - 10 ** -nines);
}
