/** What the pages of the results read from a study's locked plan: images and their labels, the questions, and the exclusion rule in words. */

import { parseStudyPlan, type StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { exclusionSpecs } from "@pareidolia/perception/voters/exclusion";
import { addressOnPage } from "../addresses/pageAddress.ts";
import { formatMilliseconds, formatSmallNumber } from "./resultFormats.ts";

export interface PlanOfResults {
  readonly plan: StudyPlan;
  /** The name of a class in the study's first language. */
  nameOf(label: number): string;
  /** The name of the label of a counted image. */
  labelOf(image: number): string;
  /** The path of a counted image. */
  addressOf(image: number): string;
  /** The first counted image with this label; null without one. */
  imageOf(label: number): number | null;
}

/** @throws AppError CORRUPT_DATA naming what is wrong with the plan. */
export function readPlan(planText: string): PlanOfResults {
  const plan = parseStudyPlan(JSON.parse(planText) as unknown);
  const { labels, stimuli } = plan.rules.design;
  const names = plan.labelNames[plan.languages[0] ?? ""] ?? [];
  const nameByLabel = new Map(labels.map((label, index) => [label, names[index] ?? `class ${label}`]));
  const firstImage = new Map<number, number>();
  for (const [image, { label }] of stimuli.entries()) if (!firstImage.has(label)) firstImage.set(label, image);
  const nameOf = (label: number): string => nameByLabel.get(label) ?? `class ${label}`;
  return {
    plan,
    nameOf,
    labelOf: (image) => nameOf(stimuli[image]?.label ?? -1),
    addressOf: (image) => addressOnPage(`/images/${stimuli[image]?.image ?? ""}.png`),
    imageOf: (label) => firstImage.get(label) ?? null,
  };
}

type Phase = StudyPlan["rules"]["design"]["phases"][number];

/** The answers that a question offers: `ten options`, `yes or no`. */
export function describeQuestion({ protocol }: Phase): string {
  switch (protocol.kind) {
    case "alternatives":
      return `${formatSmallNumber(protocol.values.alternatives)} options`;
    case "reverse":
      return `one of ${formatSmallNumber(protocol.values.alternatives)} images`;
    case "yesNo":
      return "yes or no";
    case "pairwise":
      return "pairs of images";
    case "freeText":
      return "free text";
    case "confidenceRating":
      return "ratings";
  }
}

/** The plan's exclusion rule as conditions: `gold under 6`, `median under 600 ms`; empty if the plan has no rule. */
export function describeExclusion({ rules, stillVersion }: Pick<StudyPlan, "rules" | "stillVersion">): string[] {
  const conditions = exclusionSpecs.flatMap(({ name }) => {
    const value = rules.exclusion.values[name];
    return value === 0 || value === false ? [] : [exclusionText(name, Number(value))];
  });
  return stillVersion === "leftOut" ? [exclusionText("still", 0), ...conditions] : conditions;
}

/** The plan's rule of single trials in a sentence; empty if the plan has none. */
export function describeMistimed({ rules }: Pick<StudyPlan, "rules">): string {
  const { mistimedMs } = rules.exclusion;
  return mistimedMs === undefined
    ? ""
    : `Trials whose image was shown longer or shorter than planned by more than ${formatMilliseconds(mistimedMs)} do not count as planned.`;
}

type Exclusion = StudyResult["counts"]["exclusions"][number]["reason"];

function exclusionText(reason: Exclusion, value: number): string {
  switch (reason) {
    case "goldHits":
      return `gold under ${value}`;
    case "noiseHits":
      return `noise under ${value}`;
    case "medianMs":
      return `median under ${formatMilliseconds(value)}`;
    case "unfinished":
      return "session not finished";
    case "still":
      return "the still version";
    case "insider":
      return "could see the study’s labels";
  }
}

/** Why a voter's votes do not count as planned. */
export function describeReason(reason: Exclusion, { rules }: Pick<StudyPlan, "rules">): string {
  return exclusionText(reason, reason === "insider" || reason === "still" ? 0 : Number(rules.exclusion.values[reason]));
}
