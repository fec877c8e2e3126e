/**
 * Canonical JSON (RFC 8785): members in order of their names' UTF-16 code units, no white space, numbers as ECMAScript prints them. Equal
 * documents have equal text, so their hash does not depend on the order in which fields were set.
 */
import { AppError } from "./appError.ts";

/** @throws AppError INVALID_INPUT naming the first value that JSON lacks: undefined, NaN, infinities, functions, lone surrogates. */
export function canonicalJson(value: unknown, path = "document"): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "string" && !/\p{Surrogate}/u.test(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item, index) => canonicalJson(item, `${path}[${index}]`)).join(",")}]`;
  if (typeof value === "object") {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, member]) => `${canonicalJson(name, path)}:${canonicalJson(member, `${path}.${name}`)}`).join(",")}}`;
  }
  const problem = typeof value === "string" ? "malformed text" : typeof value === "number" ? `${value}` : typeof value;
  throw new AppError("INVALID_INPUT", `Canonical JSON cannot hold ${path}: it is ${problem}.`);
}
