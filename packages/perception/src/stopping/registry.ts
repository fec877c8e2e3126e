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

/** Whether an image has enough votes. */
export function decide(rule: StoppingRule, votes: Votes): Decision {
  const kind = kinds[rule.kind] as unknown as AnyKind;
  return kind.decide(rule.values, votes);
}
