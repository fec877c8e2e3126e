/** Images and designs of studies for tests. Addresses are invented; nothing reads them. */

import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import type { Exemplars, Stimulus } from "@pareidolia/perception/protocols/stimulus";
import { plainStimulus } from "@pareidolia/perception/protocols/stimulus";
import { type DesignImages, designFrom } from "@pareidolia/perception/templates/registry";
import type { DesignedTrials, TrialRules } from "@pareidolia/perception/trials/design";
import { timingSpecs } from "@pareidolia/perception/trials/timing";

export const classesUpTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** One image of each label, with next choices, listed foils and the condition and group that are given. */
export function imagesOf(labels: readonly number[], name = "image", more: Partial<Stimulus> = {}): Stimulus[] {
  return labels.map((label, index) => {
    const others = labels.filter((other) => other !== label);
    const next = [...others.slice(index), ...others.slice(0, index)];
    return { ...plainStimulus(`${name}-${index}`, label), runnersUp: next.slice(0, 5), foils: next.slice(0, 5).reverse(), ...more };
  });
}

export function exemplarsOf(labels: readonly number[], count = 5): Exemplars[] {
  return labels.map((label) => ({ label, images: classesUpTo(count).map((index) => `photo-${label}-${index}`) }));
}

export const countingRules: TrialRules = {
  phases: [{ protocol: resolveProtocol("alternatives", {}), timing: resolveParameters(timingSpecs, {}) }],
  order: "counterbalanced",
  places: "counterbalanced",
  assignment: "all",
  perVoter: { counted: 1, gold: 0, noise: 0, canaries: 0 },
  decay: 20,
};

/** A study of `count` images with one label each, eight gold images, four of noise and six canaries. */
export function studyDesign(count: number, rules: Partial<TrialRules> = {}, images: Partial<DesignImages> = {}): DesignedTrials {
  const labels = classesUpTo(Math.max(count, 20));
  return designFrom(
    { rules: { ...countingRules, ...rules } },
    {
      stimuli: imagesOf(classesUpTo(count)),
      labels,
      gold: imagesOf(classesUpTo(8), "gold"),
      noise: classesUpTo(4).map((index) => `noise-${index}`),
      canaries: imagesOf(classesUpTo(6), "canary"),
      exemplars: exemplarsOf(labels),
      ...images,
    },
  );
}
