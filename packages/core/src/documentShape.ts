/**
 * Shapes of stored JSON documents. A shape is a parser whose return type is the document's type, so that one declaration serves the
 * process that writes the document and the processes that read it.
 */
import { AppError } from "./appError.ts";

/** Returns the value without unknown fields. @throws AppError CORRUPT_DATA naming `path`. */
export type Shape<T> = (value: unknown, path: string) => T;
export type ShapeValue<S> = S extends Shape<infer T> ? T : never;

function corrupt(path: string, expected: string): AppError {
  return new AppError("CORRUPT_DATA", `A stored document is damaged: ${path} is not ${expected}.`);
}

export const text: Shape<string> = (value, path) => {
  if (typeof value !== "string") throw corrupt(path, "text");
  return value;
};

export const number: Shape<number> = (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw corrupt(path, "a finite number");
  return value;
};

export const integer: Shape<number> = (value, path) => {
  if (!Number.isSafeInteger(value)) throw corrupt(path, "a whole number");
  return value as number;
};

export const boolean: Shape<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw corrupt(path, "true or false");
  return value;
};

export function oneOf<const Value extends string>(values: readonly Value[]): Shape<Value> {
  return (value, path) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw corrupt(path, `one of ${values.join(", ")}`);
    return found;
  };
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === null ? null : shape(value, path));
}

/** Like `nullable`, and null for a missing field. */
export function optional<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === undefined || value === null ? null : shape(value, path));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw corrupt(path, "a list");
    return value.map((item, index) => shape(item, `${path}[${index}]`));
  };
}

export function record<T extends object>(fields: { readonly [Field in keyof T]-?: Shape<T[Field]> }): Shape<T> {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw corrupt(path, "an object");
    const entries = Object.entries<Shape<unknown>>(fields as Readonly<Record<string, Shape<unknown>>>);
    const given = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(entries.map(([name, shape]) => [name, shape(given[name], `${path}.${name}`)])) as T;
  };
}

/** An object whose names are data, such as languages, and whose values all have one shape. */
export function dictionary<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw corrupt(path, "an object");
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shape(item, `${path}.${name}`)]));
  };
}
