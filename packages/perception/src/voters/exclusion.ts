/**
 * Exclusion rules, fixed before a study opens. Results are shown with and without the voters they exclude, and an export names the rule. A
 * value of 0 switches a rule off.
 */
import { type ParameterSpec, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";
import { parseStoredKind } from "../storedKind.ts";
import type { VoterRecord } from "./describeVoters.ts";

export const exclusionSpecs = [
  {
    kind: "integer",
    name: "goldHits",
    label: "Gold",
    description: "Excludes voters who pass fewer gold trials; 0: off.",
    default: 0,
    minimum: 0,
    maximum: 1000,
  },
  {
    kind: "integer",
    name: "noiseHits",
    label: "Noise",
    description: "Excludes voters who pass fewer noise trials; 0: off.",
    default: 0,
    minimum: 0,
    maximum: 1000,
  },
  {
    kind: "integer",
    name: "medianMs",
    label: "Median time",
    description: "Excludes voters whose median response time is shorter, in milliseconds; 0: off.",
    default: 0,
    minimum: 0,
    maximum: 60_000,
  },
  {
    kind: "boolean",
    name: "unfinished",
    label: "Unfinished",
    description: "Excludes voters who have not finished their session.",
    default: false,
  },
] as const satisfies readonly ParameterSpec[];

export type ExclusionValues = ParameterValues<typeof exclusionSpecs>;
export interface ExclusionRules {
  readonly version: typeof exclusionVersion;
  readonly kind: "exclusion";
  readonly values: ExclusionValues;
}

/** The version of stored rules. */
export const exclusionVersion = 1;

export type ExclusionReason = keyof ExclusionValues;

/** @throws AppError INVALID_INPUT for an unknown or invalid rule. */
export function resolveExclusion(given: Readonly<Record<string, unknown>>): ExclusionRules {
  return { version: exclusionVersion, kind: "exclusion", values: resolveParameters(exclusionSpecs, given) };
}

/** Reads stored rules. @throws AppError CORRUPT_DATA saying what is wrong with them. */
export function parseExclusion(document: unknown): ExclusionRules {
  return parseStoredKind(document, {
    name: "exclusion rule",
    version: exclusionVersion,
    resolve: (_kind, values) => resolveExclusion(values),
  });
}

/** @param finished whether the voter answered all trials. @returns the rules that exclude the voter; none keeps the voter. */
export function exclusionReasons(
  { values }: ExclusionRules,
  voter: Pick<VoterRecord, "gold" | "noise" | "times">,
  finished: boolean,
): ExclusionReason[] {
  const reasons: ExclusionReason[] = [];
  if (voter.gold.hits < values.goldHits) reasons.push("goldHits");
  if (voter.noise.hits < values.noiseHits) reasons.push("noiseHits");
  if (voter.times !== null && voter.times.median < values.medianMs) reasons.push("medianMs");
  if (values.unfinished && !finished) reasons.push("unfinished");
  return reasons;
}
