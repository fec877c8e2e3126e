/**
 * Foils near the machine's label, or far from it, by distance in the network's list of labels. Near foils are the harder test if the list's
 * order has a meaning, as ImageNet's does.
 */
import { labelDistance } from "@pareidolia/analysis/labelDistance";
import { shuffled } from "../draws.ts";
import { type FoilPolicy, type FoilRequest, firstOf, foilsFor } from "./foilPolicy.ts";

/** Labels at equal distances are in random order. */
function inOrder({ stimuli, count, labels, trial }: FoilRequest, direction: 1 | -1): readonly (readonly number[])[] {
  return stimuli.map((stimulus, index) => {
    const candidates = shuffled(foilsFor(stimulus, labels), trial(index));
    const distance = (candidate: number): number => direction * labelDistance(candidate, stimulus.label);
    candidates.sort((one, other) => distance(one) - distance(other));
    return firstOf(candidates, stimulus, count);
  });
}

export const near: FoilPolicy = {
  id: "near",
  label: "Near",
  description: "The study's labels closest to the machine's in the network's list.",
  choose: (request) => inOrder(request, 1),
};

export const far: FoilPolicy = {
  id: "far",
  label: "Far",
  description: "The study's labels farthest from the machine's in the network's list.",
  choose: (request) => inOrder(request, -1),
};
