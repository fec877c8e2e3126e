/** Foils that the researcher listed for each image, such as the competitive foils of Dujmović, Malhotra & Bowers (2020). */
import { type FoilPolicy, firstOfEach, foilsFor } from "./foilPolicy.ts";

export const listed: FoilPolicy = {
  id: "listed",
  label: "Listed",
  description: "Foils chosen by hand for each image, most competitive first.",
  choose: ({ stimuli, count }) =>
    firstOfEach(
      stimuli.map((stimulus) => foilsFor(stimulus, stimulus.foils)),
      count,
    ),
};
