/**
 * JSON that gives back exactly what was written: bytes, undefined, and numbers that JSON does not have, such as NaN and -0. A result that is
 * kept this way leads to the same figures, images and verdicts as one that was just computed.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const mark = "$";
const oddNumbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];

/** @throws Error for what a result does not consist of, such as a Map: a mistake in this code. */
export function toExactJson(value: unknown): Json {
  if (value === undefined) return { [mark]: "undefined" };
  if (typeof value === "number") {
    const odd = oddNumbers.findIndex((number) => Object.is(number, value));
    return odd === -1 ? value : { [mark]: "number", odd };
  }
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (value instanceof Uint8Array) return { [mark]: "bytes", base64: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return Array.from(value, toExactJson);
  if (typeof value !== "object" || !isPlain(value) || mark in value)
    throw new Error(`Cannot keep a value of type ${typeof value} as it is.`);
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, toExactJson(own)]));
}

export function fromExactJson(json: Json): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (isList(json)) return json.map(fromExactJson);
  if (mark in json) return decodeMarked(json);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fromExactJson(value)]));
}

function decodeMarked(json: { readonly [key: string]: Json }): unknown {
  const { [mark]: kind, base64, odd } = json;
  if (kind === "undefined") return undefined;
  if (kind === "number" && typeof odd === "number") return oddNumbers[odd];
  if (kind === "bytes" && typeof base64 === "string") return new Uint8Array(Buffer.from(base64, "base64"));
  throw new Error("Not a value that was kept.");
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
