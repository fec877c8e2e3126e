/** The templates that a new study can start from. */
import { AppError } from "@pareidolia/core/appError";
import type { DesignedTrials } from "../trials/design.ts";
import { designVersion } from "../trials/design.ts";
import { dujmovic } from "./dujmovic.ts";
import { otherDesigns } from "./otherDesigns.ts";
import type { Template } from "./template.ts";
import { zhouFirestone } from "./zhouFirestone.ts";

export const templates: readonly Template[] = [...zhouFirestone, ...dujmovic, ...otherDesigns];

/** @throws AppError NOT_FOUND for an unknown ID. */
export function getTemplate(id: string): Template {
  const template = templates.find((candidate) => candidate.id === id);
  if (template === undefined)
    throw new AppError("NOT_FOUND", `There is no template "${id}". Known: ${templates.map((known) => known.id).join(", ")}.`);
  return template;
}

/** The images that a researcher adds to a template. */
export type DesignImages = Pick<DesignedTrials, "stimuli" | "labels"> &
  Partial<Pick<DesignedTrials, "gold" | "noise" | "canaries" | "exemplars">>;

/** A design by the template's rules in which each voter sees all images that the assignment gives, and all checks. */
export function designFrom({ rules }: Pick<Template, "rules">, images: DesignImages): DesignedTrials {
  const { stimuli, labels, gold = [], noise = [], canaries = [], exemplars = [] } = images;
  return {
    version: designVersion,
    ...rules,
    perVoter: { counted: stimuli.length, gold: gold.length, noise: noise.length, canaries: canaries.length },
    stimuli,
    labels,
    gold,
    noise,
    canaries,
    exemplars,
  };
}
