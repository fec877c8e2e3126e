/** The templates that a new study can start from. */
import { AppError } from "@pareidolia/core/appError";
import type { DesignedTrials } from "../trials/design.ts";
import { designVersion } from "../trials/design.ts";
import { dujmovic } from "./dujmovic.ts";
import { otherDesigns } from "./otherDesigns.ts";
import type { Template } from "./template.ts";
import { zhouFirestone } from "./zhouFirestone.ts";

export const templates: readonly Template[] = [...zhouFirestone, ...dujmovic, ...otherDesigns];

/** Null for an unknown ID, and for none. */
export function findTemplate(id: string | null): Template | null {
  return templates.find((template) => template.id === id) ?? null;
}

/** @throws AppError NOT_FOUND for an unknown ID. */
export function getTemplate(id: string): Template {
  const template = findTemplate(id);
  if (template === null)
    throw new AppError("NOT_FOUND", `There is no template "${id}". Known: ${templates.map((known) => known.id).join(", ")}.`);
  return template;
}

/** The images that a researcher adds to a template. */
export type DesignImages = Pick<DesignedTrials, "stimuli" | "labels"> &
  Partial<Pick<DesignedTrials, "gold" | "noise" | "canaries" | "exemplars">>;

/** A design by the template's rules in which each voter sees all images that the assignment gives, and all checks. */
export function designFrom({ rules: { repeats = 0, ...rules } }: Pick<Template, "rules">, images: DesignImages): DesignedTrials {
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
    ...repeatsOf(stimuli.length, repeats),
  };
}

/** As many images shown twice as wanted, and at most half of a voter's. */
export function repeatsOf(counted: number, wanted: number): Pick<DesignedTrials, "repeats"> {
  const repeats = Math.min(wanted, Math.floor(counted / 2));
  return repeats === 0 ? {} : { repeats };
}
