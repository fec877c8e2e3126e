/** The foil is the network's own second choice for the image (Zhou & Firestone 2019, experiment 2); more foils are its next choices. */
import { type FoilPolicy, firstOfEach, foilsFor } from "./foilPolicy.ts";

export const secondChoice: FoilPolicy = {
  id: "secondChoice",
  label: "Second choice",
  description: "The network's next most probable labels for the image.",
  choose: ({ stimuli, count }) =>
    firstOfEach(
      stimuli.map((stimulus) => foilsFor(stimulus, stimulus.runnersUp)),
      count,
    ),
};
