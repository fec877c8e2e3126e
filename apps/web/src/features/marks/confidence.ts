/**
 * The scale, colour ramp and number format of every confidence in the product. The nines scale is linear from 0 to .9 over two fifths of
 * its length, with one fifth for each further nine, so .99, .999 and .9999 are evenly spaced.
 */

const rampStops = ["#440154", "#414487", "#2A788E", "#22A884", "#7AD151", "#FDE725"] as const;

/** Position on the nines scale: 0 at 0, .4 at .9, 1 at .9999, and above 1 for charts with a longer axis. */
export function openNinesScale(confidence: number): number {
  if (!(confidence > 0)) return 0;
  if (confidence < 0.9) return (0.4 * confidence) / 0.9;
  const miss = 1 - confidence;
  return miss <= 0 ? Number.POSITIVE_INFINITY : 0.4 + 0.2 * (-Math.log10(miss) - 1);
}

/** Position on the nines scale, at most 1, since bars and colours stop changing at .9999. */
export function ninesScale(confidence: number): number {
  return Math.min(1, openNinesScale(confidence));
}

function channel(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 2), 16);
}

/** The ramp's colour as #rrggbb. Use it only inside a frame, never for text. */
export function rampColor(confidence: number): string {
  const position = ninesScale(confidence) * (rampStops.length - 1);
  const index = Math.min(rampStops.length - 2, Math.floor(position));
  const from = rampStops[index] as string;
  const to = rampStops[index + 1] as string;
  const mixed = [1, 3, 5].map((at) => Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * (position - index)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Percent with two decimals, truncated and never rounded up; below .001 in scientific notation. A softmax is always below 1, so a value
 * that float32 rounded to 1 is shown as 99.99%.
 */
export function formatConfidence(confidence: number): string {
  if (confidence > 0 && confidence < 0.001) return confidence.toExponential(1);
  const cut = Math.min(9999, Math.floor(Number((confidence * 1e4).toPrecision(12))));
  return `${(cut / 100).toFixed(2)}%`;
}

/** The second line below a percentage: from .9, the distance from 1, such as `1 − 3.2e-5`, if float32 can express it; below, three decimals or scientific notation. */
export function formatMiss(confidence: number): string {
  if (confidence === 0) return "0";
  if (confidence < 0.9) return confidence < 0.001 ? confidence.toExponential(1) : confidence.toFixed(3);
  const miss = 1 - confidence;
  return miss <= 0 ? "> 0.9999999" : `1 − ${miss.toExponential(1)}`;
}

/** A confidence on an axis, without the leading zero: `.999`; from .99999, the number of nines: `5 nines`. */
export function formatAxisConfidence(confidence: number): string {
  const count = Math.round(-Math.log10(1 - confidence));
  if (count >= 5) return `${count} nines`;
  return confidence === 0 ? "0" : confidence.toFixed(4).replace(/0+$/, "").replace(/^0/, "");
}
