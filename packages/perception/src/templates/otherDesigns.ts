/**
 * Templates of other studies, and two of our own: what people recognise without any label, and free text before labels are seen. Numbers
 * that a source does not fix are defaults of this product.
 */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type Protocol, resolveProtocol } from "../protocols/registry.ts";
import { resolveStoppingRule } from "../stopping/registry.ts";
import type { TrialRules } from "../trials/design.ts";
import { type Timing, timingSpecs } from "../trials/timing.ts";
import type { Template } from "./template.ts";

const unlimited = resolveParameters(timingSpecs, {});
const original = { images: null, voters: null, labels: null };

function rules(phases: readonly Protocol[], timing: Timing = unlimited): TrialRules {
  return {
    phases: phases.map((protocol) => ({ protocol, timing })),
    order: "counterbalanced",
    places: "counterbalanced",
    assignment: "all",
    perVoter: { counted: 1, gold: 0, noise: 0, canaries: 0 },
    decay: 20,
  };
}

export const otherDesigns: readonly Template[] = [
  {
    id: "recognisable",
    label: "Yes or no",
    description: "Do you recognise anything? No label is shown.",
    source: "Pareidolia",
    rules: rules([resolveProtocol("yesNo", { cantTell: "missing" })]),
    stopping: resolveStoppingRule("sequentialBound", { bound: 0.5, width: 0.2, atMost: 200 }),
    original,
  },
  {
    id: "freeTextFirst",
    label: "Free text first",
    description: "What does this look like? Afterwards, two labels for the same images.",
    source: "Pareidolia",
    rules: rules([resolveProtocol("freeText", { cantTell: "missing" }), resolveProtocol("alternatives", { cantTell: "missing" })]),
    stopping: resolveStoppingRule("fixedNumber", { votes: 20 }),
    original,
  },
  {
    id: "elsayed",
    label: "Brief exposure",
    description:
      "A subtly perturbed photograph for 63 ms, then a mask: its own class or the machine's. List the class as the image's foil.",
    source: "Elsayed et al. 2018, NeurIPS",
    rules: rules([resolveProtocol("alternatives", { alternatives: 2, foils: "listed", framing: "looksLike" })], {
      ...unlimited,
      imageMs: 63,
      maskMs: 100,
      answerMs: 2500,
    }),
    stopping: resolveStoppingRule("fixedNumber", { votes: 38 }),
    original: { images: null, voters: 38, labels: null },
  },
  {
    id: "veerabadran",
    label: "Subtle perturbations, unlimited viewing",
    description: "A subtly perturbed photograph without a time limit: two labels, one of which the machine gives.",
    source: "Veerabadran et al. 2023, Nature Communications 14:4933",
    rules: rules([resolveProtocol("alternatives", { alternatives: 2, foils: "listed", framing: "looksLike" })]),
    stopping: resolveStoppingRule("fixedNumber", { votes: 200 }),
    original,
  },
  {
    id: "golan",
    label: "Confidence in ten classes",
    description: "How sure are you that the image shows each of ten classes? From 0 to 100.",
    source: "Golan, Raju & Kriegeskorte 2020, PNAS 117:29330",
    rules: rules([resolveProtocol("confidenceRating", { levels: 101, labels: "every" })]),
    stopping: resolveStoppingRule("fixedNumber", { votes: 30 }),
    original,
  },
];
