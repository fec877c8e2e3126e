/** The stopping rules, and the stored form of a rule: its ID and parameters. A new rule needs a file and a line here. */
import { AppError } from "@pareidolia/core/appError";
import { type ParameterSpec, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";
import { parseStoredKind } from "../storedKind.ts";
import { fixedNumber } from "./fixedNumber.ts";
import { intervalWidth } from "./intervalWidth.ts";
import { posteriorBound } from "./posteriorBound.ts";
import { sequentialBound } from "./sequentialBound.ts";
import type { Decision, StoppingRuleKind, Votes } from "./stoppingRule.ts";

const kinds = { fixedNumber, intervalWidth, posteriorBound, sequentialBound };

type Kinds = typeof kinds;
export type StoppingRuleId = keyof Kinds;
type SpecsOf<Kind> = Kind extends StoppingRuleKind<string, infer Specs> ? Specs : never;

/** The version of stored rules. */
export const stoppingVersion = 1;

/** A rule with the values of all parameters. */
export type StoppingRule<Id extends StoppingRuleId = StoppingRuleId> = {
  readonly [Kind in Id]: {
    readonly version: typeof stoppingVersion;
    readonly kind: Kind;
    readonly values: ParameterValues<SpecsOf<Kinds[Kind]>>;
  };
}[Id];

export const stoppingRules = Object.values(kinds);

type AnyKind = StoppingRuleKind<StoppingRuleId, readonly ParameterSpec[]>;

/**
 * A rule from the values of a form or a template; missing values get their defaults.
 * @throws AppError INVALID_INPUT for an unknown rule, or an unknown or invalid parameter.
 */
export function resolveStoppingRule<Id extends StoppingRuleId>(kind: Id, given: Readonly<Record<string, unknown>>): StoppingRule<Id> {
  if (!Object.hasOwn(kinds, kind))
    throw new AppError("INVALID_INPUT", `Unknown stopping rule "${kind}". Known: ${Object.keys(kinds).join(", ")}.`, { field: "kind" });
  const values = resolveParameters(kinds[kind].parameters as readonly ParameterSpec[], given);
  return { version: stoppingVersion, kind, values } as unknown as StoppingRule<Id>;
}

/** Reads a stored rule. @throws AppError CORRUPT_DATA saying what is wrong with it. */
export function parseStoppingRule(document: unknown): StoppingRule {
  return parseStoredKind(document, {
    name: "stopping rule",
    version: stoppingVersion,
    resolve: (kind, values): StoppingRule => resolveStoppingRule(kind as StoppingRuleId, values),
  });
}

function kindOf(rule: StoppingRule): AnyKind {
  return kinds[rule.kind] as unknown as AnyKind;
}

/** Whether an image has enough votes. */
export function decide(rule: StoppingRule, votes: Votes): Decision {
  return kindOf(rule).decide(rule.values, votes);
}

/** Whether the agreeing votes decide when an image stops. */
export function readsAgreement(rule: StoppingRule): boolean {
  return kindOf(rule).readsAgreement;
}

export function stoppingLabel(rule: StoppingRule): string {
  return kindOf(rule).label;
}

/** The number of votes at which the rule stops whatever they say; null without a limit. */
export function maxVotes(rule: StoppingRule): number | null {
  return kindOf(rule).most(rule.values);
}

/** The rule with another limit, at least 1. */
export function withMostVotes(rule: StoppingRule, most: number): StoppingRule {
  return resolveStoppingRule(rule.kind, kindOf(rule).withMost(rule.values, most));
}

/**
 * The smallest number of votes at which the rule can stop an image. Votes that all agree, or all disagree, stop every rule first, and more
 * of them never stop it later.
 * @param limit most votes of an image, at least 1.
 * @returns null if the rule never stops within the limit.
 */
export function votesBeforeStop(rule: StoppingRule, limit: number): number | null {
  const stops = (votes: number): boolean => [0, votes].some((agreeing) => decide(rule, { agreeing, votes }).stop);
  if (!stops(limit)) return null;
  let [fewest, enough] = [0, limit];
  while (fewest < enough) {
    const middle = Math.floor((fewest + enough) / 2);
    if (stops(middle)) enough = middle;
    else fewest = middle + 1;
  }
  return fewest;
}
