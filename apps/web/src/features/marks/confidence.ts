/**
 * How a confidence is placed, coloured and written: one scale, one ramp, one set of digits for the whole product.
 * The nines scale is linear from 0 to .9 over two fifths, then one fifth for each further nine, so .99, .999 and .9999 stand a step apart.
 */

const rampStops = ["#440154", "#414487", "#2A788E", "#22A884", "#7AD151", "#FDE725"] as const;

/** Position on the nines scale: 0 at 0, .4 at .9, 1 at .9999, and on past 1 for charts whose axis goes further. */
export function openNinesScale(confidence: number): number {
  if (!(confidence > 0)) return 0;
  if (confidence < 0.9) return (0.4 * confidence) / 0.9;
  const miss = 1 - confidence;
  return miss <= 0 ? Number.POSITIVE_INFINITY : 0.4 + 0.2 * (-Math.log10(miss) - 1);
}

/** The same, ending at 1: bars and colours stop changing at .9999. */
export function ninesScale(confidence: number): number {
  return Math.min(1, openNinesScale(confidence));
}

function channel(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 2), 16);
}

/** The ramp's colour as #rrggbb. It always stands inside a frame line and never colours text. */
export function rampColor(confidence: number): string {
  const position = ninesScale(confidence) * (rampStops.length - 1);
  const index = Math.min(rampStops.length - 2, Math.floor(position));
  const from = rampStops[index] as string;
  const to = rampStops[index + 1] as string;
  const mixed = [1, 3, 5].map((at) => Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * (position - index)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Percent with two decimals, cut and never rounded up; below .001 in powers of ten. A softmax never reaches one: where float32
 * rounded it to 1, the miss is below half its last bit, and the percent is cut like any other.
 */
export function formatConfidence(confidence: number): string {
  if (confidence > 0 && confidence < 0.001) return confidence.toExponential(1);
  const cut = Math.min(9999, Math.floor(Number((confidence * 1e4).toPrecision(12))));
  return `${(cut / 100).toFixed(2)}%`;
}

/** The second line: the distance from one, `1 − 3.2e-5`, where it says more than the percent; else three digits. */
export function formatMiss(confidence: number): string {
  if (confidence < 0.9) return confidence < 0.001 ? confidence.toExponential(1) : confidence.toFixed(3);
  const miss = 1 - confidence;
  return miss <= 0 ? "1 − <6e-8" : `1 − ${miss.toExponential(1)}`;
}

/** An axis drops the leading zero: `.999`; from .99999 on it counts, `5 nines`. */
export function formatAxisConfidence(confidence: number): string {
  const count = Math.round(-Math.log10(1 - confidence));
  if (count >= 5) return `${count} nines`;
  return confidence === 0 ? "0" : confidence.toFixed(4).replace(/0+$/, "").replace(/^0/, "");
}
