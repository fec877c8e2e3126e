/** The grey or colour that an ascent starts from and decays to, out of a network's own pre-processing. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";

/** Per channel in the order of images (RGB), within [0, 255]. */
export function networkMean({ mean, channels, channelOrder }: Preprocessing): readonly number[] {
  const all = mean.length === channels ? mean : Array.from({ length: channels }, () => mean[0] ?? 0);
  const ordered = channelOrder === "BGR" ? all.toReversed() : all;
  return ordered.map((value) => Math.min(255, Math.max(0, value)));
}
