/**
 * The syntax tree of a search, before its fields and values are checked. Positions are offsets into the text in UTF-16 code units: `from`
 * is that of the first character, `to` that behind the last.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is wrong with a search, and where. */
export interface SearchProblem extends Span {
  readonly message: string;
  /** What to write instead, as a sentence; null if the message says it. */
  readonly hint: string | null;
}

export const operators = ["=", "!=", "<", "<=", ">", ">=", "~", "IN"] as const;
export type Operator = (typeof operators)[number];

/** A word or quoted text without its quotes. A quoted value is always text: "me" is a name, and me is the reader. */
export interface Written extends Span {
  readonly text: string;
  readonly isQuoted: boolean;
}

export interface Comparison extends Span {
  readonly kind: "comparison";
  /** In quotes if its name has spaces or operators. */
  readonly field: Written;
  readonly operator: Operator;
  readonly operatorSpan: Span;
  /** One, or several for IN. */
  readonly values: readonly Written[];
}

/** A word, or quoted text, to find anywhere in the searched texts. */
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
