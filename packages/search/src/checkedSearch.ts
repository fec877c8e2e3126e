/** A search whose fields exist and whose values have the fields' types; `persistence/lab/search` turns it into SQL. */
import type { SearchField } from "./fields/field.ts";
import type { Operator } from "./searchTree.ts";

export type CheckedValue =
  | { readonly kind: "none" }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "text"; readonly text: string }
  /**
   * A period, in milliseconds since 1970 (UTC); `to` is exclusive. Ages, and times of day after < or >, are moments: both ends are equal.
   */
  | { readonly kind: "period"; readonly from: number; readonly to: number }
  | { readonly kind: "flag"; readonly flag: boolean }
  /** The user who is searching. */
  | { readonly kind: "me" };

export interface CheckedComparison {
  readonly kind: "comparison";
  readonly field: SearchField;
  readonly operator: Operator;
  /** One value, or several after IN. */
  readonly values: readonly CheckedValue[];
}

export type CheckedSearch =
  | { readonly kind: "and" | "or"; readonly parts: readonly CheckedSearch[] }
  | { readonly kind: "not"; readonly part: CheckedSearch }
  | { readonly kind: "text"; readonly text: string }
  | CheckedComparison;

/** Whether a condition is on the field. */
export function mentions(search: CheckedSearch | null, name: string): boolean {
  if (search === null || search.kind === "text") return false;
  if (search.kind === "comparison") return search.field.name === name;
  return search.kind === "not" ? mentions(search.part, name) : search.parts.some((part) => mentions(part, name));
}
