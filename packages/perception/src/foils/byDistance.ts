/**
 * Foils near the machine's label, or far from it, by distance in the network's list of labels. Near foils are the harder test if the list's
 * order has a meaning, as ImageNet's does.
 */
import { labelDistance } from "@pareidolia/analysis/labelDistance";
import { shuffle } from "../draws.ts";
import { type FoilPolicy, type FoilRequest, firstOfEach, foilsFor } from "./foilPolicy.ts";

/** Labels at equal distances are in random order. */
function inOrder({ stimuli, count, labels, trial }: FoilRequest, direction: 1 | -1): readonly (readonly number[])[] {
  const closest = stimuli.map((stimulus, index) => {
    const candidates = shuffle(foilsFor(stimulus, labels), trial(index));
    return smallest(candidates, count, (candidate) => direction * labelDistance(candidate, stimulus.label));
  });
  return firstOfEach(closest, count);
}

/** The first `count` of the list in order of their keys, and of their places among equal keys: a few of many, faster than a sort. */
function smallest(list: readonly number[], count: number, keyOf: (item: number) => number): number[] {
  const found: number[] = [];
  const keys: number[] = [];
  for (const item of list) {
    const key = keyOf(item);
    if (found.length === count && key >= (keys[count - 1] as number)) continue;
    let place = Math.min(found.length, count - 1);
    for (; place > 0 && (keys[place - 1] as number) > key; place--) {
      keys[place] = keys[place - 1] as number;
      found[place] = found[place - 1] as number;
    }
    keys[place] = key;
    found[place] = item;
  }
  return found;
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
