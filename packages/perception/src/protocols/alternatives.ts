/**
 * One image and N labels: the voter chooses the label that the machine gave, or that fits best. With as many alternatives as the study has
 * labels, all of them are shown (Zhou & Firestone 2019, experiment 3); if the true class is not offered, one fewer (experiment 5).
 */
import { foilPolicyIds, getFoilPolicy } from "../foils/registry.ts";
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
import type { Stimulus } from "./stimulus.ts";

export const alternatives = defineProtocol({
  id: "alternatives",
  label: "N labels",
  description: "Which of these labels did the machine give, or which fits best?",
  parameters: [
    cantTellSpec,
    framingSpec,
    {
      kind: "integer",
      name: "alternatives",
      label: "Alternatives",
      description: "Number of labels in a trial. Common designs have 2, 8, 9, 10, 16 or 48.",
      default: 2,
      minimum: 2,
      maximum: 48,
    },
    {
      kind: "choice",
      name: "foils",
      label: "Foils",
      description: "Which labels are offered beside the machine's.",
      default: "cyclicShift",
      choices: foilPolicyIds,
    },
    arrangementSpec,
  ],
  showsLabels: true,
  chance: (values) => 1 / values.alternatives,
  plan(values, { items, stimuli, labels, foilsAtRandom, voter, trial, place }) {
    const shown = items.map((item) => stimuli[item] as Stimulus);
    const foils = getFoilPolicy(foilsAtRandom ? "random" : values.foils).choose({
      stimuli: shown,
      count: values.alternatives - 1,
      labels,
      voter: voter("foils"),
      trial: (index) => trial("foils", items[index] as number),
    });
    const everything = [...new Set([...labels, ...shown.map(({ label }) => label), ...foils.flat()])].sort((a, b) => a - b);
    const constant = voterArrangement(everything, voter("arrangement"));
    return shown.map(({ image, label }, index) => {
      const item = items[index] as number;
      const others = foils[index] as readonly number[];
      const { options, target } =
        values.arrangement === "eachVoter"
          ? constant(label, others)
          : arrangeTrial(label, others, place(item, values.alternatives), trial("arrangement", item));
      return { item, screen: { images: [image], labels: options, exemplars: [] }, options, target };
    });
  },
  readAnswer: (values, _screen, value) => readChoice(value, values.alternatives),
  agrees: (_values, planned, answer) => choosesTarget(planned, answer),
  detection: () => "forcedChoice",
  respond: (_values, planned, sight, random) => respondWithChoice(planned, sight, random),
});
