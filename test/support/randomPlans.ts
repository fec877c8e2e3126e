/** Plans of studies drawn at random, sensible and senseless ones, from a seed. */
import type { ParameterSpec, ParameterValue } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { type ProtocolKindId, protocolKinds, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import type { Stimulus } from "@pareidolia/perception/protocols/stimulus";
import { resolveStoppingRule, type StoppingRuleId, stoppingRules } from "@pareidolia/perception/stopping/registry";
import { stillVersions } from "@pareidolia/perception/study/stillVersion";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { assignments } from "@pareidolia/perception/trials/assignment";
import { type DesignedTrials, designVersion, mixings, type Phase } from "@pareidolia/perception/trials/design";
import { exclusionSpecs, resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { classesUpTo, exemplarsOf, imagesOf } from "./studyDesigns.ts";
import { studyPlan, withImageHashes } from "./studyPlans.ts";

function oneOf<T>(list: readonly T[], random: Random): T {
  return list[random.below(list.length)] as T;
}

/** Of a few sizes, so that numbers often fit one another, and often do not. */
function upTo(most: number, random: Random): number {
  return random.below(1 + Math.min(most, oneOf([1, 4, 12, most], random)));
}

function valueOf(spec: ParameterSpec, random: Random): ParameterValue {
  switch (spec.kind) {
    case "integer":
      return Math.max(spec.minimum, upTo(Math.min(spec.maximum, 40), random));
    case "number":
      return spec.minimum + random.uniform() * (Math.min(spec.maximum, 2) - spec.minimum);
    case "boolean":
      return random.chance(0.3);
    case "choice":
      return oneOf(spec.choices, random);
  }
}

function valuesOf(specs: readonly ParameterSpec[], random: Random): Record<string, ParameterValue> {
  return Object.fromEntries(specs.map((spec) => [spec.name, random.chance(0.3) ? spec.default : valueOf(spec, random)]));
}

function phaseOf(random: Random): Phase {
  const kind = oneOf(protocolKinds, random);
  const flashes = random.chance(0.3);
  return {
    protocol: resolveProtocol(kind.id as ProtocolKindId, valuesOf(kind.parameters, random)),
    timing: {
      blankMs: upTo(500, random),
      imageMs: flashes ? 1 + random.below(500) : 0,
      maskMs: flashes ? random.below(300) : 0,
      answerMs: random.chance(0.3) ? 1 + random.below(3_000) : 0,
    },
  };
}

export function randomPlan(seed: number): StudyPlan {
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.SIMULATE });
  const labels = classesUpTo(1 + upTo(24, random));
  const sorted = (images: readonly Stimulus[], groups: number): Stimulus[] =>
    images.map((image) => ({
      ...image,
      truth: random.chance(0.2) ? oneOf(labels, random) : null,
      group: `group ${random.below(groups)}`,
      condition: `condition ${random.below(3)}`,
    }));
  const some = (most: number): number[] => classesUpTo(upTo(most, random)).map(() => oneOf(labels, random));
  const stimuli = sorted(imagesOf([oneOf(labels, random), ...some(24)]), 1 + random.below(6));
  const [gold, canaries] = [imagesOf(some(8), "gold"), imagesOf(some(4), "canary")];
  const noise = classesUpTo(upTo(6, random)).map((index) => `noise-${index}`);
  const phases = classesUpTo(oneOf([1, 1, 1, 2, 3], random)).map(() => phaseOf(random));
  const assignment = oneOf(["all", ...assignments] as const, random);
  const design: DesignedTrials = {
    version: designVersion,
    labels,
    stimuli,
    gold,
    noise,
    canaries,
    exemplars: exemplarsOf(labels, random.chance(0.8) ? 10 : 2),
    phases,
    order: oneOf(mixings, random),
    places: oneOf(mixings, random),
    assignment,
    perVoter: {
      counted: assignment === "all" && random.chance(0.5) ? 1 + random.below(stimuli.length) : stimuli.length,
      gold: upTo(gold.length, random),
      noise: upTo(noise.length, random),
      canaries: upTo(canaries.length, random),
    },
    decay: random.chance(0.5) ? null : 1 + upTo(40, random),
  };
  const stopping = oneOf(stoppingRules, random);
  const exclusion = valuesOf(exclusionSpecs, random);
  return {
    ...studyPlan(withImageHashes(design), {
      stopping: resolveStoppingRule(stopping.id as StoppingRuleId, valuesOf(stopping.parameters, random)),
      exclusion: resolveExclusion(random.chance(0.3) ? {} : { ...exclusion, medianMs: random.chance(0.3) ? random.below(6_000) : 0 }),
    }),
    seed,
    overlap: 1 + upTo(40, random),
    stillVersion: phases.some(({ timing }) => timing.imageMs > 0) ? oneOf(stillVersions, random) : "notOffered",
  };
}
