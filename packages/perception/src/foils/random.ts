/** Foils are drawn from the study's labels, independently for every trial. */
import { shuffle } from "../draws.ts";
import { type FoilPolicy, firstOfEach, foilsFor } from "./foilPolicy.ts";

export const random: FoilPolicy = {
  id: "random",
  label: "Random",
  description: "Labels drawn from the study's list.",
  choose: ({ stimuli, count, labels, trial }) =>
    firstOfEach(
      stimuli.map((stimulus, index) => shuffle(foilsFor(stimulus, labels), trial(index))),
      count,
    ),
};
