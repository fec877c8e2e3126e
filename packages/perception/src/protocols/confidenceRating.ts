/**
 * How sure the voter is that the image shows a label: for the machine's label, or for each of the study's labels (Golan, Raju &
 * Kriegeskorte 2020: 0 to 1 on ten classes). Ratings are levels from 0 to `levels` - 1.
 */
import { AppError } from "@pareidolia/core/appError";
import { shuffled } from "../draws.ts";
import { cantTellSpec, defineProtocol } from "./protocolKind.ts";
import type { Stimulus } from "./stimulus.ts";

export const confidenceRating = defineProtocol({
  id: "confidenceRating",
  label: "Confidence rating",
  description: "How sure are you that the image shows this?",
  parameters: [
    cantTellSpec,
    {
      kind: "integer",
      name: "levels",
      label: "Levels",
      description: "Number of levels of the scale, from certainly not to certainly.",
      default: 5,
      minimum: 2,
      maximum: 101,
    },
    {
      kind: "choice",
      name: "labels",
      label: "Rated labels",
      description: "Whether voters rate the machine's label only, or each of the study's labels.",
      default: "machine",
      choices: ["machine", "every"],
    },
  ],
  showsLabels: true,
  namesLabel: ({ labels }) => labels === "machine",
  chance: () => null,
  plan(values, { items, stimuli, labels, voter }) {
    const order = shuffled(labels, voter("arrangement"));
    return items.map((item) => {
      const { image, label } = stimuli[item] as Stimulus;
      const options = values.labels === "every" ? order : [label];
      const target = options.indexOf(label);
      if (target < 0) throw new AppError("INVALID_INPUT", `Label ${label} is not in the study's list of labels.`);
      return { item, screen: { images: [image], labels: options, exemplars: [] }, options, target };
    });
  },
  readAnswer({ levels }, { labels }, value) {
    const ratings = typeof value === "object" && value !== null ? (value as { ratings?: unknown }).ratings : undefined;
    const valid = (rating: unknown): rating is number => Number.isInteger(rating) && Number(rating) >= 0 && Number(rating) < levels;
    if (!Array.isArray(ratings) || ratings.length !== labels.length || !ratings.every(valid))
      throw new AppError("INVALID_INPUT", `The answer must have ${labels.length} ratings from 0 to ${levels - 1}.`, { field: "ratings" });
    return { ratings };
  },
  /** One label agrees if it is rated above the middle; of several, the machine's must be rated highest, without a tie. */
  agrees({ levels }, { target }, answer) {
    if (!("ratings" in answer) || target === null) return null;
    const { ratings } = answer;
    const own = ratings[target] as number;
    if (ratings.length === 1) return own > (levels - 1) / 2;
    return ratings.every((rating, index) => index === target || rating < own);
  },
  /** Noise shows no label, so no rating may be above the middle. */
  passesNoise: ({ levels }, answer) => "ratings" in answer && answer.ratings.every((rating) => rating <= (levels - 1) / 2),
  respond: ({ levels }, { options, target }, sight, random) => ({
    ratings: options.map((_, index) => {
      if (sight === "guess") return random.below(levels);
      return sight === "label" && index === target ? levels - 1 : 0;
    }),
  }),
  withoutUses: () => ({
    chance: "Ratings have no level of chance.",
    categories: "Ratings are levels of a scale, not categories.",
  }),
});
