/** What a searchable property is: its name, the type of its values, and what the table of runs shows of it. */

/**
 * - number: a finite number; with a prefix, such as RUN-, also the key that starts with it
 * - text: compared without case
 * - date: a day, a time or an age such as -7d
 * - choice: one of the listed values
 * - person: a member of the workspace by name, or me
 * - tag: a tag of the workspace; a row may have several
 * - flag: true or false
 * - mixed: a number, a text, or true or false, which may differ from row to row
 */
export type FieldType = "number" | "text" | "date" | "choice" | "person" | "tag" | "flag" | "mixed";

/** What a search expects for each type, as in "Expected a number". */
export const expectations: Readonly<Record<FieldType, string>> = {
  number: "a number",
  text: "a text",
  date: "a date",
  choice: "a value",
  person: "a person",
  tag: "a tag",
  flag: "true or false",
  mixed: "a value",
};

export interface FieldValue {
  /** What a search says. */
  readonly name: string;
  /** What the database has. */
  readonly value: string;
  readonly aliases?: readonly string[];
  readonly description?: string;
}

export interface SearchField {
  /** Unique among the fields, without case. */
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
  /** Whether a list can be in its order, and whether its rows can be grouped by it. */
  readonly isSortable: boolean;
  readonly isGroupable: boolean;
  /** Numbers only. A confidence is 0 to 1 and averaged in nines; a key has a prefix. */
  readonly scale?: "linear" | "confidence" | "seconds";
  readonly prefix?: string;
  /** Key of the run's parameters that it reads. */
  readonly parameter?: string;
  /** Key of an imported run's metrics that it reads. */
  readonly metric?: string;
  /** Whether the name came from runs, so that only the database knows if any run has it. */
  readonly isRecorded: boolean;
}

type Given = Pick<SearchField, "name" | "type" | "label" | "description"> & Partial<SearchField>;

/** A field with the defaults: every field but tags and flags can order a list, and all but numbers, dates and free texts can group one. */
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
  readonly noun: "runs" | "experiments";
  readonly fields: readonly SearchField[];
  /** By name or alias, without case but for the names of recorded fields; null if there is none. */
  find(name: string): SearchField | null;
}

/**
 * @param findRecorded fields that are not listed; they come before listed ones of the same name.
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
