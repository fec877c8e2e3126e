/**
 * Flags: reasons to look at a voter. A flag alone excludes no voter, since exclusion follows the rule that was fixed before the study
 * opened, and since some honest voters exceed each flag's limit.
 */
import { type ParameterSpec, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";
import { binomialUpperTail } from "../numbers/binomialTail.ts";
import type { VoterRecord } from "./describeVoters.ts";

export const flagSpecs = [
  {
    kind: "number",
    name: "goldShare",
    label: "Gold",
    description: "Flags voters who pass a smaller share of gold trials.",
    default: 0.75,
    minimum: 0,
    maximum: 1,
  },
  {
    kind: "number",
    name: "noiseShare",
    label: "Noise",
    description: "Flags voters who pass a smaller share of noise trials.",
    default: 0.5,
    minimum: 0,
    maximum: 1,
  },
  {
    kind: "integer",
    name: "medianMs",
    label: "Median time",
    description: "Flags voters whose median response time is shorter, in milliseconds.",
    default: 600,
    minimum: 0,
    maximum: 60_000,
  },
  {
    kind: "number",
    name: "canaryP",
    label: "Canaries",
    description: "Flags voters who name the networks' labels so often that the probability for a person is lower.",
    default: 0.001,
    minimum: 0,
    maximum: 0.1,
  },
  {
    kind: "number",
    name: "sameAnswerShare",
    label: "One answer",
    description: "Flags voters who give one answer in a larger share of trials, if that is also improbable for a guess.",
    default: 0.6,
    minimum: 0.1,
    maximum: 1,
  },
] as const satisfies readonly ParameterSpec[];

export type FlagLimits = ParameterValues<typeof flagSpecs>;

export type Flag = "gold" | "noise" | "fast" | "canary" | "sameAnswer";

/** How improbable one answer must be for a guess, over all categories. */
const improbable = 0.001;

/** @param categories number of answers that every trial offers. @returns the voter's flags; most voters have none. */
export function flagVoter(voter: VoterRecord, categories: number, limits: FlagLimits = resolveParameters(flagSpecs, {})): Flag[] {
  const { gold, noise, times, canaries, favourite } = voter;
  const flags: Flag[] = [];
  if (gold.of > 0 && gold.hits < limits.goldShare * gold.of) flags.push("gold");
  if (noise.of > 0 && noise.hits < limits.noiseShare * noise.of) flags.push("noise");
  if (times !== null && times.median < limits.medianMs) flags.push("fast");
  if (canaries.p < limits.canaryP) flags.push("canary");
  if (favourite !== null && favourite.times > limits.sameAnswerShare * favourite.of) {
    const p = categories * binomialUpperTail(favourite.times, favourite.of, 1 / categories);
    if (p < improbable) flags.push("sameAnswer");
  }
  return flags;
}
