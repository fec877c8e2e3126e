/** What the locked plans of several studies fix, in words, so that people can judge which differences make the studies comparable. */
import { protocolKinds } from "@pareidolia/perception/protocols/registry";
import { stoppingRules } from "@pareidolia/perception/stopping/registry";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { formatCount } from "../marks/numbers.ts";
import { describeValue } from "../studyBuilder/SpecControl.tsx";
import { describeExclusion, describeQuestion } from "../studyResults/planOfResults.ts";
import { formatCounted, formatMilliseconds } from "../studyResults/resultFormats.ts";

export interface PlanFact {
  readonly name: string;
  /** Of each study, in order. */
  readonly values: readonly string[];
  readonly isSame: boolean;
}

interface Describable {
  readonly id: string;
  readonly label: string;
  readonly parameters: readonly { readonly name: string; readonly label: string }[];
}

/** `votes: 20`. */
function describeParameters(kind: Describable | undefined, values: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(values).map(([name, value]) => {
    const label = kind?.parameters.find((parameter) => parameter.name === name)?.label ?? name;
    return `${label.toLowerCase()}: ${describeValue(value)}`;
  });
  return given.join(", ");
}

const exposure = ({ imageMs, maskMs }: { readonly imageMs: number; readonly maskMs: number }): string =>
  `${imageMs === 0 ? "until the answer" : formatMilliseconds(imageMs)}${maskMs === 0 ? "" : `, mask ${formatMilliseconds(maskMs)}`}`;

const mixings: Readonly<Record<string, string>> = { counterbalanced: "counterbalanced", random: "at random" };

const facts: readonly { readonly name: string; of(plan: StudyPlan): string }[] = [
  { name: "Questions", of: ({ rules }) => rules.design.phases.map(describeQuestion).join("; then ") },
  {
    name: "Details of the questions",
    of: ({ rules }) =>
      rules.design.phases
        .map(({ protocol }) =>
          describeParameters(protocolKinds.find(({ id }) => id === protocol.kind) as Describable | undefined, protocol.values),
        )
        .join("; then "),
  },
  { name: "Exposure", of: ({ rules }) => rules.design.phases.map(({ timing }) => exposure(timing)).join("; then ") },
  { name: "Order of trials", of: ({ rules }) => mixings[rules.design.order] ?? rules.design.order },
  { name: "Place of the answer", of: ({ rules }) => mixings[rules.design.places] ?? rules.design.places },
  { name: "Images", of: ({ rules }) => formatCount(rules.design.stimuli.length) },
  { name: "Labels", of: ({ rules }) => formatCount(rules.design.labels.length) },
  {
    name: "A voter sees",
    of: ({ rules: { design } }) =>
      `${formatCounted(design.perVoter.counted, "image")}, ${formatCount(design.perVoter.gold)} gold, ${formatCount(design.perVoter.noise)} noise, ${formatCount(design.perVoter.canaries)} canaries`,
  },
  { name: "Votes for each image", of: ({ overlap }) => formatCount(overlap) },
  {
    name: "Stops when",
    of: ({ rules: { stopping } }) => {
      const kind = stoppingRules.find(({ id }) => id === stopping.kind);
      return `${(kind?.label ?? stopping.kind).toLowerCase()} (${describeParameters(kind as Describable | undefined, stopping.values)})`;
    },
  },
  { name: "Leaves out voters with", of: (plan) => describeExclusion(plan).join(" or ") || "no rule" },
  {
    name: "Images drawn from",
    of: ({ selection }) =>
      [
        selection.runs.length === 0 ? "" : formatCounted(selection.runs.length, "run"),
        selection.images.length === 0 ? "" : `${formatCounted(selection.images.length, "image")} chosen by hand`,
        selection.encodings.join(" and "),
        selection.oneEachNiche ? "one of each niche" : "",
      ]
        .filter((part) => part !== "")
        .join(", ") || "no rule",
  },
  {
    name: "Confidence of drawn images",
    of: ({ selection: { minimumConfidence: low, maximumConfidence: high } }) =>
      low === null && high === null ? "any" : `${low ?? 0} to ${high ?? 1}`,
  },
  { name: "Languages", of: ({ languages }) => languages.join(", ") },
  {
    name: "Consent",
    of: ({ consent }) => `version ${consent.version}, ${consent.minimumAge === null ? "any age" : `from age ${consent.minimumAge}`}`,
  },
];

/** @param plans of at least one study. */
export function planFacts(plans: readonly StudyPlan[]): PlanFact[] {
  return facts.map(({ name, of }) => {
    const values = plans.map(of);
    return { name, values, isSame: values.every((value) => value === values[0]) };
  });
}
