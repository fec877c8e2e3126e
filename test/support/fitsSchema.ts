/** Whether a value fits a JSON Schema of the few keywords that the API's open values use. An unknown keyword fails, so that none is ignored. */
import { isDeepStrictEqual } from "node:util";

type Schema = Readonly<Record<string, unknown>>;

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

const isTyped = (value: unknown, type: string): boolean => (type === "integer" ? Number.isInteger(value) : typeOf(value) === type);

const rules: Readonly<Record<string, (limit: never, value: unknown, schema: Schema) => boolean>> = {
  description: () => true,
  type: (types: string | readonly string[], value) => [types].flat().some((type) => isTyped(value, type)),
  enum: (values: readonly unknown[], value) => values.some((each) => isDeepStrictEqual(each, value)),
  minimum: (least: number, value) => typeof value !== "number" || value >= least,
  exclusiveMinimum: (least: number, value) => typeof value !== "number" || value > least,
  maximum: (most: number, value) => typeof value !== "number" || value <= most,
  minItems: (least: number, value) => !Array.isArray(value) || value.length >= least,
  maxItems: (most: number, value) => !Array.isArray(value) || value.length <= most,
  items: (schema: Schema, value) => !Array.isArray(value) || value.every((each) => fitsSchema(each, schema)),
  required: (names: readonly string[], value) => typeOf(value) !== "object" || names.every((name) => name in (value as object)),
  properties: (schemas: Readonly<Record<string, Schema>>, value) =>
    typeOf(value) !== "object" ||
    Object.entries(schemas).every(([name, schema]) => !(name in (value as object)) || fitsSchema((value as Schema)[name], schema)),
  additionalProperties: (schema: Schema | false, value, { properties = {} }) =>
    typeOf(value) !== "object" ||
    Object.entries(value as object).every(
      ([name, each]) => name in (properties as object) || (schema !== false && fitsSchema(each, schema)),
    ),
};

export function fitsSchema(value: unknown, schema: Schema): boolean {
  return Object.entries(schema).every(([keyword, limit]) => {
    const rule = rules[keyword];
    if (rule === undefined) throw new Error(`fitsSchema does not know the keyword ${keyword}.`);
    return rule(limit as never, value, schema);
  });
}
