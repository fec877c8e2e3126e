/**
 * Exclusion rules, fixed before a study opens. Results are shown with and without the voters and trials they exclude, and an export names the
 * rule. A value of 0 switches a rule off.
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

/** Of single trials, not of voters. */
export const mistimedSpec = {
  kind: "integer",
  name: "mistimedMs",
  label: "Mistimed trials",
  description: "Leaves out trials whose image was shown longer or shorter than planned by more milliseconds; 0: off.",
  default: 0,
  minimum: 0,
  maximum: 10_000,
} as const satisfies ParameterSpec;

export type ExclusionValues = ParameterValues<typeof exclusionSpecs>;
export interface ExclusionRules {
  readonly version: typeof exclusionVersion;
  readonly kind: "exclusion";
  readonly values: ExclusionValues;
  /** Milliseconds, at least 1. Absent if off, as in plans that were locked before there was this rule, so that their hashes hold. */
  readonly mistimedMs?: number;
}

/** The version of stored rules. */
export const exclusionVersion = 1;

export type ExclusionReason = keyof ExclusionValues;

/** @throws AppError INVALID_INPUT for an unknown or invalid rule. */
export function resolveExclusion(given: Readonly<Record<string, unknown>>): ExclusionRules {
  return { version: exclusionVersion, kind: "exclusion", values: resolveParameters(exclusionSpecs, given) };
}

/** The rules with another rule of single trials; 0 removes it. @throws AppError INVALID_INPUT for an invalid number. */
export function withMistimed({ mistimedMs: _old, ...rules }: ExclusionRules, given: unknown): ExclusionRules {
  const { mistimedMs } = resolveParameters([mistimedSpec], { mistimedMs: given });
  return mistimedMs === 0 ? rules : { ...rules, mistimedMs };
}

/**
 * Whether the rule leaves out a trial: by the time for which its image was shown, as the browser measured it. A trial without a measured or
 * a planned time stays.
 */
export function isMistimed(
  { mistimedMs = 0 }: Pick<ExclusionRules, "mistimedMs">,
  timing: { readonly shownMs: number | null; readonly requestedMs: number | null } | null,
): boolean {
  const [shown, requested] = [timing?.shownMs ?? null, timing?.requestedMs ?? null];
  return mistimedMs > 0 && shown !== null && requested !== null && Math.abs(shown - requested) > mistimedMs;
}

/** Reads stored rules. @throws AppError CORRUPT_DATA saying what is wrong with them. */
export function parseExclusion(document: unknown): ExclusionRules {
  return parseStoredKind(document, {
    name: "exclusion rule",
    version: exclusionVersion,
    resolve: (_kind, values) => withMistimed(resolveExclusion(values), (document as { readonly mistimedMs?: unknown }).mistimedMs ?? 0),
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
