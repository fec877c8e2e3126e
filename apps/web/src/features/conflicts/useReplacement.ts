"use client";
/**
 * Replaces values of an object that colleagues change, too. Every page writes through it: each value goes with the one that the person has
 * seen, and if another is stored by now, the page shows both and the person chooses.
 */
import { type Client, type CombinedError, useClient } from "urql";
import type { ConflictFragment } from "../../graphql/generated/graphql.ts";
import { type MutationAnswer, mutationProblem } from "../marks/mutationProblem.ts";
import { conflictsOf } from "./openConflict.ts";

interface Answer {
  readonly answer: (MutationAnswer & Partial<Pick<ConflictFragment, "present">>) | undefined;
  readonly error: CombinedError | undefined;
}

type PreviousNames<Name> = Name extends string ? `previous${Capitalize<Name>}` : never;

/** The part of a mutation's input that has the values: `name` and `previousName`. */
type ReplacementInput<Values> = Values & {
  readonly [Name in keyof Values as PreviousNames<Name>]: Values[Name];
};

interface Replacement<Values> {
  /** Whose values they are, such as RUN-12. */
  readonly subject: string;
  /** As the input names them. */
  readonly values: Values;
  /** What the person has seen. */
  readonly previous: Values;
  /** What people call each value. */
  readonly labels: { readonly [Name in keyof Values]: string };
  /** Each value as text. Default: as it is. */
  readonly show?: { readonly [Name in keyof Values]?: (value: Values[Name]) => string };
  send(input: ReplacementInput<Values>): Promise<Answer>;
}

export type ReplacementOutcome<Values> =
  /** With the values that were replaced. */
  | { readonly kind: "saved"; readonly replaced: Values }
  /** The person keeps what colleagues have stored. */
  | { readonly kind: "kept" }
  | { readonly kind: "failed"; readonly problem: string };

function inputOf<Values extends object>(values: Values, previous: Values): ReplacementInput<Values> {
  const seen = Object.entries(previous).map(([name, value]) => [`previous${name[0]?.toUpperCase()}${name.slice(1)}`, value]);
  return { ...values, ...Object.fromEntries(seen) } as ReplacementInput<Values>;
}

export async function replaceValues<Values extends object>(
  client: Client,
  replacement: Replacement<Values>,
): Promise<ReplacementOutcome<Values>> {
  const { subject, labels, show, send } = replacement;
  let { values, previous } = replacement;
  for (;;) {
    const { answer, error } = await send(inputOf(values, previous));
    const present = answer?.present;
    const field = present?.field as keyof Values | undefined;
    if (present == null || field === undefined || !(field in values)) {
      const problem = mutationProblem(answer, error);
      return problem === null ? { kind: "saved", replaced: previous } : { kind: "failed", problem };
    }
    const value = present.value as Values[typeof field];
    const textOf = (of: Values[typeof field]): string => show?.[field]?.(of) ?? String(of ?? "");
    const replaces = await conflictsOf(client).ask({
      what: `The ${labels[field]} of ${subject}`,
      present: textOf(value),
      wanted: textOf(values[field]),
      changedByName: present.changedByName ?? null,
      changedAt: present.changedAt ?? null,
    });
    previous = { ...previous, [field]: value };
    if (!replaces) values = { ...values, [field]: value };
    const isUnchanged = (Object.keys(values) as (keyof Values)[]).every((name) => values[name] === previous[name]);
    if (!replaces && isUnchanged) return { kind: "kept" };
  }
}

export function useReplacement(): <Values extends object>(replacement: Replacement<Values>) => Promise<ReplacementOutcome<Values>> {
  const client = useClient();
  return (replacement) => replaceValues(client, replacement);
}

/** Why nothing was saved, for a form; null if it was, or if the person chose what is stored. */
export function problemOf(outcome: ReplacementOutcome<unknown>): string | null {
  return outcome.kind === "failed" ? outcome.problem : null;
}
