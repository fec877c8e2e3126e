/**
 * The designs of Dujmović, Malhotra & Bowers 2020 ("What do adversarial images tell us about human vision?", eLife 9:e55978): how much
 * agreement depends on foils, on which image of a class is chosen, and on how images were made. Order and positions are
 * counterbalanced here. Numbers of options, examples and votes are defaults of this product, not the article's.
 */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type Protocol, resolveProtocol } from "../protocols/registry.ts";
import { resolveStoppingRule } from "../stopping/registry.ts";
import type { Assignment } from "../trials/assignment.ts";
import { timingSpecs } from "../trials/timing.ts";
import type { Template } from "./template.ts";

function design(
  name: string,
  {
    protocol,
    assignment,
    part,
    ...texts
  }: {
    readonly label: string;
    readonly description: string;
    readonly part: string;
    readonly protocol: Protocol;
    readonly assignment: Assignment;
  },
): Template {
  return {
    id: `dujmovic${name}`,
    ...texts,
    source: `Dujmović, Malhotra & Bowers 2020, eLife 9:e55978, ${part}`,
    rules: {
      phases: [{ protocol, timing: resolveParameters(timingSpecs, {}) }],
      order: "counterbalanced",
      places: "counterbalanced",
      assignment,
      perVoter: { counted: 1, gold: 0, noise: 0, canaries: 0 },
      decay: null,
    },
    stopping: resolveStoppingRule("fixedNumber", { votes: 200 }),
    original: { images: null, voters: null, labels: null },
  };
}

export const dujmovic: readonly Template[] = [
  design("CompetitiveFoils", {
    label: "Competitive foils",
    description: "The machine's label beside labels chosen by hand for the image because they compete with it.",
    part: "experiment 1",
    protocol: resolveProtocol("alternatives", { alternatives: 4, foils: "listed" }),
    assignment: "all",
  }),
  design("BestAndWorst", {
    label: "Best and worst case",
    description: "For each class, a voter sees either the most or the least recognisable image. Groups are classes.",
    part: "experiment 2",
    protocol: resolveProtocol("alternatives", { alternatives: 4, foils: "random" }),
    assignment: "onePerGroup",
  }),
  design("FourConditions", {
    label: "Encodings and data sets",
    description: "Direct or CPPN images of ImageNet or MNIST classes. Each voter sees the images of one condition.",
    part: "experiment 3",
    protocol: resolveProtocol("alternatives", { alternatives: 4, foils: "random" }),
    assignment: "oneCondition",
  }),
  design("OneOfThree", {
    label: "One of three",
    description: "Which of three images of static did the machine give this label? With photographs of the label.",
    part: "experiment 4",
    protocol: resolveProtocol("reverse", { alternatives: 3, exemplars: 5 }),
    assignment: "all",
  }),
];
