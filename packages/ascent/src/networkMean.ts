/** The grey or colour that an ascent starts from and decays to, out of a network's own pre-processing. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";

/**
 * Per channel in the order of images (RGB), within [0, 255]. Where the pre-processing subtracts nothing, a network
 * either has none or, as LeNet, has its mean among its weights and does not tell it: mid-grey then, since from black most classes
 * of such a network have no gradient to follow.
 */
export function networkMean({ mean, channels, channelOrder }: Preprocessing): readonly number[] {
  if (mean.every((value) => value === 0)) return Array.from({ length: channels }, () => 127.5);
  const all = mean.length === channels ? mean : Array.from({ length: channels }, () => mean[0] ?? 0);
  const ordered = channelOrder === "BGR" ? all.toReversed() : all;
  return ordered.map((value) => Math.min(255, Math.max(0, value)));
}
