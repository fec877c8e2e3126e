/** Describes a searchable property: its name, the type of its values, and how the table of runs shows it. */

import type { RunKind } from "@pareidolia/core/runKinds/registry";
import type { PlanField } from "@pareidolia/core/runKinds/runKind";

/**
 * - number: a finite number; if the field has a prefix, such as RUN-, keys are accepted too
 * - text: compared case-insensitively
 * - date: a day, a time or an age such as -7d
 * - choice: one of the listed values
 * - person: a member of the workspace by name, or me
 * - tag: a tag of the workspace; a row may have several
 * - flag: true or false
 * - mixed: the type differs between rows: a number, text, boolean, or a list of these
 */
export type FieldType = "number" | "text" | "date" | "choice" | "person" | "tag" | "flag" | "mixed";

/** What a search expects for each type, as in "Expected a number". */
export const expectations: Readonly<Record<FieldType, string>> = {
  number: "a number",
  text: "text",
  date: "a date",
  choice: "a value",
  person: "a person",
  tag: "a tag",
  flag: "true or false",
  mixed: "a value",
};

export interface FieldValue {
  /** As written in a search. */
  readonly name: string;
  /** As stored in the database. */
  readonly value: string;
  readonly aliases?: readonly string[];
  readonly description?: string;
}

export interface PlanPlace extends Pick<PlanField, "type" | "place"> {
  readonly kind: RunKind;
}

export interface SearchField {
  /** Unique among the fields, ignoring case. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: FieldType;
  /** Heading of its column. */
  readonly label: string;
  /** One sentence. */
  readonly description: string;
  /** All values of a choice; suggestions for a text. */
  readonly values: readonly FieldValue[];
  /** Whether a row may have no value, which `= none` finds. */
  readonly mayBeMissing: boolean;
  /** Whether the table has a column for it. */
  readonly hasColumn: boolean;
  /** Whether lists can be sorted and grouped by it. */
  readonly isSortable: boolean;
  readonly isGroupable: boolean;
  /** Numbers only. A confidence is 0 to 1 and averaged in nines; a key has a prefix. */
  readonly scale?: "linear" | "confidence" | "seconds";
  /** Numbers only: what values can be, if that is known; `results`: at most as many as the run has results. Null for no limit. */
  readonly range?: { readonly lowest: number | null; readonly highest: number | "results" | null };
  readonly prefix?: string;
  /** Key of the run parameter that it reads. */
  readonly parameter?: string;
  /** Where to find it in the plans of these kinds of runs. Other kinds have at most the parameter. */
  readonly plan?: readonly PlanPlace[];
  /** Key of the metric of imported runs that it reads. */
  readonly metric?: string;
  /** Whether the name was recorded by runs. Only the database knows whether any run has it. */
  readonly isRecorded: boolean;
}

type Given = Pick<SearchField, "name" | "type" | "label" | "description"> & Partial<SearchField>;

/**
 * A field with the defaults: lists can be sorted by every field except tags and flags, and grouped by every field except numbers, dates and
 * free text.
 */
export function fieldOf(given: Given): SearchField {
  const isSortable = given.type !== "tag" && given.type !== "flag";
  return {
    aliases: [],
    values: [],
    mayBeMissing: false,
    hasColumn: true,
    isRecorded: false,
    isSortable,
    isGroupable: given.type === "choice" || given.type === "person" || given.type === "tag" || given.type === "flag",
    ...given,
  };
}

export interface FieldRegistry {
  /** What the fields describe, in the plural. */
  readonly noun: "runs" | "experiments" | "images";
  readonly fields: readonly SearchField[];
  /** By name or alias, ignoring case except in the names of recorded fields; null if there is none. */
  find(name: string): SearchField | null;
}

/**
 * @param findRecorded finds fields that are not listed. They take precedence over listed fields with the same name.
 * @throws Error for two fields with the same name or alias.
 */
export function registryOf(
  noun: FieldRegistry["noun"],
  fields: readonly SearchField[],
  findRecorded: (name: string) => SearchField | null = () => null,
): FieldRegistry {
  const byName = new Map<string, SearchField>();
  for (const field of fields)
    for (const name of [field.name, ...field.aliases].map((text) => text.toLowerCase())) {
      if (byName.has(name)) throw new Error(`Two fields of ${noun} are named ${name}.`);
      byName.set(name, field);
    }
  return { noun, fields, find: (name) => findRecorded(name) ?? byName.get(name.toLowerCase()) ?? null };
}
