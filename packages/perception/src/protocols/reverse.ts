/**
 * One label and N images: the voter chooses the image to which the machine gave the label (Zhou & Firestone 2019, experiment 4: all
 * eight images on every trial; Dujmović, Malhotra & Bowers 2020: one of three). Photographs of the label may be shown as exemplars.
 */
import { AppError } from "@pareidolia/core/appError";
import { shuffle } from "../draws.ts";
import { arrangeTrial, voterArrangement } from "./arrange.ts";
import {
  arrangementSpec,
  cantTellSpec,
  choosesTarget,
  defineProtocol,
  framingSpec,
  readChoice,
  respondWithChoice,
} from "./protocolKind.ts";
import type { ScreenRequest } from "./screen.ts";
import type { Stimulus } from "./stimulus.ts";

/** The other images of a trial: the voter's images with other labels, in random order. */
export function otherImages({ items, stimuli, trial }: ScreenRequest, item: number, count: number): readonly number[] {
  const { label } = stimuli[item] as Stimulus;
  const others = items.filter((other) => stimuli[other]?.label !== label);
  if (others.length < count)
    throw new AppError(
      "INVALID_INPUT",
      `Each image needs ${count} images with other labels beside it, but one of a voter's ${items.length} images has ${others.length}. ` +
        "Show each voter images of more labels, or set fewer images in a trial.",
    );
  return shuffle(others, trial("foils", item)).slice(0, count);
}

export const reverse = defineProtocol({
  id: "reverse",
  label: "Reverse",
  description: "Which of these images did the machine give this label?",
  parameters: [
    cantTellSpec,
    framingSpec,
    {
      kind: "integer",
      name: "alternatives",
      label: "Images",
      description: "Number of images in a trial.",
      default: 8,
      minimum: 2,
      maximum: 48,
    },
    {
      kind: "integer",
      name: "exemplars",
      label: "Examples",
      description: "Number of photographs of the label below the images; 0 for none.",
      default: 0,
      minimum: 0,
      maximum: 10,
    },
    arrangementSpec,
  ],
  showsLabels: true,
  namesLabel: () => true,
  chance: (values) => 1 / values.alternatives,
  plan(values, request) {
    const { items, stimuli, voter, trial, place, exemplarsOf } = request;
    const constant = voterArrangement(items, voter("arrangement"));
    return items.map((item) => {
      const { label } = stimuli[item] as Stimulus;
      const foils = otherImages(request, item, values.alternatives - 1);
      const { options, target } =
        values.arrangement === "eachVoter"
          ? constant(item, foils)
          : arrangeTrial(item, foils, place(item, values.alternatives), trial("arrangement", item));
      const exemplars = values.exemplars === 0 ? [] : exemplarsOf(label).slice(0, values.exemplars);
      if (exemplars.length < values.exemplars)
        throw new AppError("INVALID_INPUT", `Label ${label} needs ${values.exemplars} examples, and has ${exemplars.length}.`);
      return {
        item,
        screen: { images: options.map((option) => stimuli[option]?.image ?? ""), labels: [label], exemplars },
        options,
        target,
      };
    });
  },
  readAnswer: (values, _screen, value) => readChoice(value, values.alternatives),
  agrees: (_values, planned, answer) => choosesTarget(planned, answer),
  detection: () => "forcedChoice",
  respond: (_values, planned, sight, random) => respondWithChoice(planned, sight, random),
});
