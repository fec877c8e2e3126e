/** The grey or colour that an ascent starts from and decays to, derived from the network's pre-processing. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";

/**
 * One value per channel in image order (RGB), within [0, 255]. Mid-grey if the pre-processing subtracts nothing: the network then has no
 * mean or, like LeNet, contains it in its weights. From black, most classes of such a network have no gradient to follow.
 */
export function networkMean({ mean, channels, channelOrder }: Preprocessing): readonly number[] {
  if (mean.every((value) => value === 0)) return Array.from({ length: channels }, () => 127.5);
  const all = mean.length === channels ? mean : Array.from({ length: channels }, () => mean[0] ?? 0);
  const ordered = channelOrder === "BGR" ? all.toReversed() : all;
  return ordered.map((value) => Math.min(255, Math.max(0, value)));
}
