/** Which of the user's networks an experiment can run on. */
import type { Classifier } from "@pareidolia/core/classifier";

export interface NetworkRule {
  /** The reason why the experiment cannot use the network, as the second half of a sentence; null if it can. */
  refuse(network: Pick<Classifier, "input" | "labels">): string | null;
}

const imagenetClasses = 1000;

export const anyNetwork: NetworkRule = { refuse: () => null };

export const digitNetworks: NetworkRule = {
  refuse: (network) =>
    network.input.channels === 1 && network.labels.length === 10 ? null : needs("grey images and 10 classes, the digits", network),
};

/** A background class may come before the others. */
export const imagenetNetworks: NetworkRule = {
  refuse: (network) =>
    network.input.channels === 3 && [imagenetClasses, imagenetClasses + 1].includes(network.labels.length)
      ? null
      : needs("colour images and ImageNet's 1,000 classes", network),
};

/** @param reason for rejecting the user's networks, as the second half of a sentence. */
export function bundledNetworksOnly(reason: string): NetworkRule {
  return { refuse: () => reason };
}

function needs(wanted: string, { input: { width, height, channels }, labels }: Pick<Classifier, "input" | "labels">): string {
  const colour = channels === 1 ? "grey" : "colour";
  return `it needs ${wanted}, and this network has ${colour} images of ${width} x ${height} and ${labels.length.toLocaleString("en")} classes`;
}
