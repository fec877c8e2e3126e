/**
 * Foils are the labels of the voter's other stimuli, by cyclic shifts drawn once for each voter (Zhou & Firestone 2019, experiment 1). With
 * one foil, every label is a foil exactly as often as it is the machine's label, so a preference for a label gives no advantage.
 */
import { AppError } from "@pareidolia/core/appError";
import { shuffled, upTo } from "../draws.ts";
import type { FoilPolicy } from "./foilPolicy.ts";

export const cyclicShift: FoilPolicy = {
  id: "cyclicShift",
  label: "Cyclic shift",
  description: "Labels of the other images, each as often a foil as the machine's label.",
  choose({ stimuli, count, voter }) {
    const ring = [...new Set(stimuli.map(({ label }) => label))];
    const place = new Map(ring.map((label, index) => [label, index]));
    const shiftBy = (label: number, shift: number): number => ring[((place.get(label) as number) + shift) % ring.length] as number;
    // Each shift is tested against all images, so the test ends with the last shift that is needed.
    const shifts: number[] = [];
    for (const shift of shuffled(upTo(ring.length).slice(1), voter)) {
      if (shifts.length >= count) break;
      if (stimuli.every(({ label, truth }) => shiftBy(label, shift) !== truth)) shifts.push(shift);
    }
    if (shifts.length < count)
      throw new AppError(
        "INVALID_INPUT",
        `A voter's images have ${ring.length} labels, too few for ${count} foils by cyclic shift. Show more labels, or choose another policy.`,
      );
    return stimuli.map(({ label }) => shifts.map((shift) => shiftBy(label, shift)));
  },
};
