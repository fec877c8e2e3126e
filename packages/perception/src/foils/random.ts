/** Foils are drawn from the study's labels, independently for every trial. */
import { shuffle } from "../draws.ts";
import { type FoilPolicy, firstOf, foilsFor } from "./foilPolicy.ts";

export const random: FoilPolicy = {
  id: "random",
  label: "Random",
  description: "Labels drawn from the study's list.",
  choose: ({ stimuli, count, labels, trial }) =>
    stimuli.map((stimulus, index) => firstOf(shuffle(foilsFor(stimulus, labels), trial(index)), stimulus, count)),
};
