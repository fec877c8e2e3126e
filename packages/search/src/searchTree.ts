/**
 * The syntax tree of a search, before its fields and values are checked. Positions are offsets into the text in UTF-16 code units: `from`
 * is the first character, and `to` is exclusive.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A mistake in a search, and where it is. */
export interface SearchProblem extends Span {
  readonly message: string;
  /** How to fix it, as a sentence; null if the message says so. */
  readonly hint: string | null;
}

export const operators = ["=", "!=", "<", "<=", ">", ">=", "~", "IN"] as const;
export type Operator = (typeof operators)[number];

/** A word or quoted text without its quotes. A quoted value is always text: "me" in quotes is a name; without quotes it is the user. */
export interface Written extends Span {
  readonly text: string;
  readonly isQuoted: boolean;
}

export interface Comparison extends Span {
  readonly kind: "comparison";
  /** Needs quotes if its name has spaces or operators. */
  readonly field: Written;
  readonly operator: Operator;
  readonly operatorSpan: Span;
  /** One value, or several after IN. */
  readonly values: readonly Written[];
}

/** A word or quoted text to find anywhere in the searched texts. */
export interface FreeText extends Written {
  readonly kind: "text";
}

export type SearchTree =
  | { readonly kind: "and" | "or"; readonly parts: readonly SearchTree[] }
  | { readonly kind: "not"; readonly part: SearchTree }
  | Comparison
  | FreeText;

export type Outcome<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly problem: SearchProblem; readonly value?: undefined };
