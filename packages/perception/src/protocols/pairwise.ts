/**
 * Which of two images is more like a label? Pairs of images of one label rank them (Bradley & Terry 1952), and such pairs have no right
 * answer. In pairs of different labels, the image with the question's label is right.
 */
import { AppError } from "@pareidolia/core/appError";
import { shuffled } from "../draws.ts";
import { arrangeTrial } from "./arrange.ts";
import { type AnswerUse, cantTellSpec, choosesTarget, defineProtocol, readChoice, respondWithChoice } from "./protocolKind.ts";
import { otherImages } from "./reverse.ts";
import type { ScreenRequest } from "./screen.ts";
import type { Stimulus } from "./stimulus.ts";

/** Disjoint pairs of images of one label, drawn for each voter; of an odd number, one image is left out. */
function pairsOfOneLabel({ items, stimuli, voter }: ScreenRequest): readonly (readonly [number, number])[] {
  const byLabel = new Map<number, number[]>();
  for (const item of items) {
    const { label } = stimuli[item] as Stimulus;
    byLabel.set(label, [...(byLabel.get(label) ?? []), item]);
  }
  const random = voter("foils");
  return [...byLabel].flatMap(([label, members]) => {
    if (members.length < 2) throw new AppError("INVALID_INPUT", `Label ${label} has one image. Pairs of one label need at least two.`);
    const order = shuffled(members, random);
    return Array.from({ length: Math.floor(order.length / 2) }, (_, pair): [number, number] => [
      order[2 * pair] as number,
      order[2 * pair + 1] as number,
    ]);
  });
}

export const pairwise = defineProtocol({
  id: "pairwise",
  label: "Pairs",
  description: "Which of these two images is more like this label?",
  parameters: [
    cantTellSpec,
    {
      kind: "choice",
      name: "pairs",
      label: "Pairs",
      description: "Whether both images of a pair have the question's label, or only one has.",
      default: "sameLabel",
      choices: ["sameLabel", "otherLabel"],
    },
  ],
  showsLabels: true,
  namesLabel: () => true,
  chance: (values) => (values.pairs === "otherLabel" ? 0.5 : null),
  plan(values, request) {
    const { items, stimuli, trial, place, foilsAtRandom } = request;
    const oneLabel = values.pairs === "sameLabel" && !foilsAtRandom;
    const pairs = oneLabel
      ? pairsOfOneLabel(request)
      : items.map((item): [number, number] => [item, otherImages(request, item, 1)[0] as number]);
    return pairs.map(([item, other]) => {
      const { options, target } = arrangeTrial(item, [other], place(item, 2), trial("arrangement", item));
      const images = options.map((option) => stimuli[option]?.image ?? "");
      const { label } = stimuli[item] as Stimulus;
      return { item, screen: { images, labels: [label], exemplars: [] }, options, target: oneLabel ? null : target };
    });
  },
  readAnswer: (_values, _screen, value) => readChoice(value, 2),
  agrees: (_values, planned, answer) => choosesTarget(planned, answer),
  detection: ({ pairs }) => (pairs === "otherLabel" ? "forcedChoice" : null),
  respond: (_values, planned, sight, random) => respondWithChoice(planned, sight, random),
  ranksImages: ({ pairs }) => pairs === "sameLabel",
  withoutUses({ pairs }): Partial<Record<AnswerUse, string>> {
    const otherPairs = "Each voter sees other pairs, so people's answers have no categories in common.";
    if (pairs === "otherLabel") return { categories: otherPairs };
    const neither = "Both images of a pair have the question's label, so neither is right.";
    return { agreement: neither, chance: neither, categories: otherPairs, truth: neither };
  },
});
