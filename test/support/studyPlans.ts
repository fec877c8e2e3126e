/** Plans of studies for tests. Hashes of images are invented. */
import { createHash } from "node:crypto";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { StudyRules } from "@pareidolia/perception/study/studyRules";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";

/** The invented hash of the image with this name. */
export const hashOfName = (name: string): string => createHash("sha256").update(name).digest("hex");

/** The design with hashes instead of its images' names. */
export function withImageHashes(design: DesignedTrials): DesignedTrials {
  const hashed = <T extends { readonly image: string }>(images: readonly T[]): T[] =>
    images.map((one) => ({ ...one, image: hashOfName(one.image) }));
  return {
    ...design,
    stimuli: hashed(design.stimuli),
    gold: hashed(design.gold),
    canaries: hashed(design.canaries),
    noise: design.noise.map(hashOfName),
    exemplars: design.exemplars.map(({ label, images }) => ({ label, images: images.map(hashOfName) })),
  };
}

/** A plan in English; by default, 24 votes for each image and no exclusion. */
export function studyPlan(design: DesignedTrials, rules: Partial<StudyRules> = {}): StudyPlan {
  return {
    version: 1,
    seed: 7,
    rules: { design, stopping: resolveStoppingRule("fixedNumber", {}), exclusion: resolveExclusion({}), ...rules },
    stillVersion: "notOffered",
    overlap: 24,
    selection: {
      runs: [],
      models: [],
      encodings: [],
      minimumConfidence: null,
      maximumConfidence: null,
      oneEachNiche: false,
      take: null,
      seed: 0,
      images: design.stimuli.map(({ image }) => image).filter((image) => /^[0-9a-f]{64}$/.test(image)),
      excluded: [],
    },
    consent: {
      version: 1,
      minimumAge: 18,
      texts: { en: { introduction: "A study.", kept: "Your answers.", shared: "Without names.", withdrawal: "With your code." } },
    },
    phaseTexts: {},
    labelNames: { en: design.labels.map((label) => `label ${label}`) },
    languages: ["en"],
  };
}
