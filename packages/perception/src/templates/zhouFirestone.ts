/**
 * The designs of Zhou & Firestone 2019 ("Humans can decipher adversarial images", Nature Communications 10:1334), from the experimenters'
 * own scripts: one pass over the images in random order, no time limit, 500 ms blank between trials, no feedback, about 200 people each.
 */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type Protocol, resolveProtocol } from "../protocols/registry.ts";
import { resolveStoppingRule } from "../stopping/registry.ts";
import { timingSpecs } from "../trials/timing.ts";
import type { Template } from "./template.ts";
import { cppnLabels, staticLabels } from "./zhouFirestoneLabels.ts";
import { zhouFirestoneTexts } from "./zhouFirestoneTexts.ts";

/** In each experiment, about. */
const voters = 200;

const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

function experiment(
  name: `${keyof typeof zhouFirestoneTexts}`,
  {
    protocol,
    images,
    labels,
    ...rest
  }: {
    readonly label: string;
    readonly description: string;
    readonly protocol: Protocol;
    readonly images: number | null;
    readonly labels: readonly string[] | null;
    readonly needsOwnClasses?: boolean;
  },
): Template {
  return {
    id: `zhouFirestoneE${name}`,
    ...rest,
    source: `Zhou & Firestone 2019, Nature Communications 10:1334, experiment ${name}`,
    rules: {
      phases: [{ protocol, timing: resolveParameters(timingSpecs, {}) }],
      order: "random",
      places: "random",
      assignment: "all",
      perVoter: { counted: images ?? 1, gold: 0, noise: 0, canaries: 0 },
      decay: null,
    },
    stopping: resolveStoppingRule("fixedNumber", { votes: voters }),
    votes: voters,
    texts: zhouFirestoneTexts[name],
    original: { images, voters, labels },
  };
}

export const zhouFirestone: readonly Template[] = [
  experiment("1", {
    label: "Two labels",
    description: "What did the machine take this for? Its label, or another image's.",
    protocol: resolveProtocol("alternatives", { alternatives: 2, foils: "cyclicShift" }),
    images: 48,
    labels: cppnLabels,
  }),
  experiment("2", {
    label: "Second choice",
    description: "What did the machine take this for? Its first or its second choice.",
    protocol: resolveProtocol("alternatives", { alternatives: 2, foils: "secondChoice" }),
    images: 48,
    labels: cppnLabels,
  }),
  experiment("3a", {
    label: "All labels",
    description: "What did the machine take this for? All labels, in a fixed order for each voter.",
    protocol: resolveProtocol("alternatives", { alternatives: 48, foils: "random", arrangement: "eachVoter" }),
    images: 48,
    labels: cppnLabels,
  }),
  experiment("3b", {
    label: "All labels, no machine",
    description: "What does this look like? All labels; the question does not mention a machine.",
    protocol: resolveProtocol("alternatives", { alternatives: 48, foils: "random", arrangement: "eachVoter", framing: "looksLike" }),
    images: 48,
    labels: cppnLabels,
  }),
  experiment("4", {
    label: "Reverse",
    description: "Which of these eight images did the machine give this label? With five photographs of the label.",
    protocol: resolveProtocol("reverse", { alternatives: 8, exemplars: 5, arrangement: "eachVoter" }),
    images: 8,
    labels: staticLabels,
  }),
  experiment("5", {
    label: "The other digit",
    description: "Which other digit did the machine see? The true digit is not offered.",
    protocol: resolveProtocol("alternatives", { alternatives: 9, foils: "random" }),
    images: null,
    labels: digits,
    needsOwnClasses: true,
  }),
  experiment("6", {
    label: "Patched photographs",
    description: "A photograph with a patch: the machine's label, or another that is not the photograph's own.",
    protocol: resolveProtocol("alternatives", { alternatives: 2, foils: "random" }),
    images: null,
    labels: null,
  }),
];
