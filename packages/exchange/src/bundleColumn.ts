/** The columns of a bundle's tables: how they are written in each format, and the shape by which untrusted rows are checked. */
import type { TypedColumn } from "@pareidolia/archive/tables/columns";
import { AppError } from "@pareidolia/core/appError";
import * as shapes from "@pareidolia/core/documentShape";

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A table whose rows have the numbers 0, 1, 2, ..., by which other rows refer to them. */
export type NumberedTable = "experiments" | "sweeps" | "models" | "runs" | "comments";

export interface BundleColumn<Value> extends Omit<TypedColumn, "name"> {
  readonly shape: shapes.Shape<Value>;
  /** The table to whose rows the numbers in this column refer. */
  readonly refersTo?: NumberedTable;
}

function column<Value>(type: TypedColumn["type"], shape: shapes.Shape<Value>, description: string): BundleColumn<Value> {
  return { type, shape, description, nullable: false };
}

/** Documents nest less deeply; deeper ones would exhaust the stack of recursive functions. */
const deepest = 64;

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
function requireStorable(text: string, path: string): void {
  if (text.includes("\0") || /\p{Surrogate}/u.test(text))
    throw new AppError("CORRUPT_DATA", `A document is damaged: ${path} contains a character that no text has.`);
}

const storableText: shapes.Shape<string> = (value, path) => {
  const text = shapes.text(value, path);
  requireStorable(text, path);
  return text;
};

function requireStorableDocument(value: unknown, path: string, depth = 0): void {
  if (typeof value === "string") requireStorable(value, path);
  if (typeof value !== "object" || value === null) return;
  if (depth === deepest) throw new AppError("CORRUPT_DATA", `A document is damaged: ${path} nests more than ${deepest} levels deep.`);
  for (const [name, member] of Object.entries(value)) {
    requireStorable(name, path);
    requireStorableDocument(member, path, depth + 1);
  }
}

const json: shapes.Shape<Json> = (value, path) => {
  if (value === undefined) throw new AppError("CORRUPT_DATA", `A document is damaged: ${path} is missing.`);
  requireStorableDocument(value, path);
  return value as Json;
};

/** The database has 32 bits for whole numbers. */
const maxInteger = 2 ** 31 - 1;
const integer32: shapes.Shape<number> = (value, path) => {
  const number = shapes.integer(value, path);
  if (Math.abs(number) > maxInteger) throw new AppError("CORRUPT_DATA", `A document is damaged: ${path} is too large.`);
  return number;
};

function matching(pattern: RegExp, expected: string): shapes.Shape<string> {
  return (value, path) => {
    const text = shapes.text(value, path);
    if (!pattern.test(text)) throw new AppError("CORRUPT_DATA", `A document is damaged: ${path} is not ${expected}.`);
    return text;
  };
}

export const sha256Shape = matching(/^[0-9a-f]{64}$/, "a SHA-256 in hexadecimal");
const timeText = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "a time such as 2026-11-27T20:00:00.000Z");
const time: shapes.Shape<string> = (value, path) => {
  const text = timeText(value, path);
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== text)
    throw new AppError("CORRUPT_DATA", `A document is damaged: ${path} is a time that does not exist.`);
  return text;
};
const base64 = matching(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, "Base64");

/** A whole number from 0. */
export const countShape: shapes.Shape<number> = (value, path) => {
  const number = shapes.integer(value, path);
  if (number < 0) throw new AppError("CORRUPT_DATA", `A document is damaged: ${path} is negative.`);
  return number;
};

/** Each takes the description of the column. */
export const columns = {
  integer: (description: string) => column("integer", integer32, description),
  number: (description: string) => column("number", shapes.number, description),
  boolean: (description: string) => column("boolean", shapes.boolean, description),
  text: (description: string) => column("text", storableText, description),
  json: (description: string) => column("json", json, description),
  numbers: (description: string) => column("list", shapes.list(shapes.number), description),
  texts: (description: string) => column("list", shapes.list(storableText), description),
  sha256: (description: string) => column("text", sha256Shape, description),
  /** UTC with milliseconds. */
  time: (description: string) => column("text", time, description),
  base64: (description: string) => column("text", base64, description),
  /** The number of a row of another table, or of this one. */
  row: (refersTo: NumberedTable, description: string) => ({ ...column("integer", countShape, description), refersTo }),
} as const;

export function orNull<Value>(given: BundleColumn<Value>): BundleColumn<Value | null> {
  return { ...given, shape: shapes.nullable(given.shape), nullable: true };
}
