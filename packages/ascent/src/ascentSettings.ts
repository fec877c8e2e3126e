/** Validated parameters of a gradient ascent, with their types. */
import { AppError } from "@pareidolia/core/appError";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { ascentParameters, startIds } from "./ascentParameters.ts";
import { type ObjectiveId, objectiveIds } from "./objectives.ts";
import { choiceOf, numberOf } from "./parameterValues.ts";
import type { RegularizerSettings } from "./regularizers/regularizer.ts";
import { getUpdateRule } from "./updateRules/registry.ts";
import type { RuleSettings, UpdateRule } from "./updateRules/updateRule.ts";

export interface AscentSettings extends RegularizerSettings, RuleSettings {
  readonly objective: ObjectiveId;
  readonly start: (typeof startIds)[number];
  readonly startNoise: number;
  readonly updateRule: UpdateRule;
  readonly jitter: number;
  readonly iterations: number;
  readonly targetConfidence: number;
  readonly traceEvery: number;
}

const smallestBlur = 0.3;

/** @throws AppError INVALID_INPUT with the invalid parameter as `field`. */
export function readAscentSettings(given: Readonly<Record<string, unknown>>): AscentSettings {
  const values = resolveParameters(ascentParameters, given);
  const number = (name: string): number => numberOf(values, name);
  const blurSigma = number("blurSigma");
  if (blurSigma > 0 && blurSigma < smallestBlur)
    throw new AppError("INVALID_INPUT", `Blur sigma must be 0 (off) or at least ${smallestBlur}.`, {
      field: "parameters.blurSigma",
    });
  return {
    objective: choiceOf(values, "objective", objectiveIds),
    start: choiceOf(values, "start", startIds),
    startNoise: number("startNoise"),
    updateRule: getUpdateRule(String(values.updateRule)),
    stepSize: number("stepSize"),
    earlyProgress: number("earlyProgress"),
    lateMultiplier: number("lateMultiplier"),
    largestRate: number("largestRate"),
    decay: number("decay"),
    blurSigma,
    blurEvery: number("blurEvery"),
    smallNormPercentile: number("smallNormPercentile"),
    smallBenefitPercentile: number("smallBenefitPercentile"),
    smallContributionPercentile: number("smallContributionPercentile"),
    jitter: number("jitter"),
    totalVariation: number("totalVariation"),
    iterations: number("iterations"),
    targetConfidence: number("targetConfidence"),
    traceEvery: number("traceEvery"),
  };
}
