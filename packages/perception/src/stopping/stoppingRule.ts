/** The contract of stopping rules: when an image has enough votes. A study stores a rule as its ID and parameters. */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import type { ParameterSpec, ParameterValues } from "@pareidolia/core/parameterSpec";

/** The counted votes on an image. */
export interface Votes {
  readonly agreeing: number;
  readonly votes: number;
}

export interface Decision {
  readonly stop: boolean;
  /** The interval that the rule monitors; null if there is none. */
  readonly interval: Interval | null;
}

export interface StoppingRuleKind<Id extends string, Specs extends readonly ParameterSpec[]> {
  readonly id: Id;
  readonly label: string;
  readonly description: string;
  readonly parameters: Specs;
  /** Whether the agreeing votes decide when to stop; otherwise, only the number of votes does. */
  readonly readsAgreement: boolean;
  /**
   * Whether the interval keeps its coverage although the votes decide when to stop. An interval for a fixed number of votes, recomputed
   * after each vote, misses the true share more often than its confidence allows.
   */
  readonly validUnderStopping: boolean;
  decide(values: ParameterValues<Specs>, votes: Votes): Decision;
  /** The number of votes at which the rule stops whatever they say; null without a limit. */
  most(values: ParameterValues<Specs>): number | null;
  /** The values with another limit, at least 1. */
  withMost(values: ParameterValues<Specs>, most: number): ParameterValues<Specs>;
}

/** Infers the types of the parameters. */
export function defineStoppingRule<const Id extends string, const Specs extends readonly ParameterSpec[]>(
  kind: StoppingRuleKind<Id, Specs>,
): StoppingRuleKind<Id, Specs> {
  return kind;
}

export const confidenceSpec = {
  kind: "number",
  name: "confidence",
  label: "Confidence",
  description: "Confidence of the interval.",
  default: 0.95,
  minimum: 0.5,
  maximum: 0.9999,
} as const satisfies ParameterSpec;

export const minimumSpec = {
  kind: "integer",
  name: "minimum",
  label: "Minimum",
  description: "Number of votes before which the rule never stops.",
  default: 5,
  minimum: 0,
  maximum: 100_000,
} as const satisfies ParameterSpec;

export const atMostSpec = {
  kind: "integer",
  name: "atMost",
  label: "At most",
  description: "Maximum number of votes for an image; 0: no limit.",
  default: 0,
  minimum: 0,
  maximum: 100_000,
} as const satisfies ParameterSpec;

/** Applies the minimum and the limit of votes. */
export function within(
  { minimum, atMost }: { readonly minimum: number; readonly atMost: number },
  votes: number,
  reached: boolean,
): boolean {
  return (atMost > 0 && votes >= atMost) || (votes >= minimum && reached);
}

/** `most` of a rule with `atMostSpec`. */
export function mostOf({ atMost }: { readonly atMost: number }): number | null {
  return atMost === 0 ? null : atMost;
}
