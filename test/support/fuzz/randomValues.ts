/** Random values for a schema's arguments: mostly valid ones, sometimes those of an attacker. */
import { openValueSchemas } from "@pareidolia/api/openValue/openValueSchemas";
import type { Random } from "@pareidolia/core/random";
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";

/** An enum value, which documents write without quotes. */
class EnumName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toJSON(): string {
    return this.name;
  }
}

const texts = [
  "",
  "a",
  "RUN-1",
  "EXP-1",
  "direct",
  "%_",
  "a\0b",
  "\ud800",
  "'; DROP TABLE runs; --",
  "../../../etc/passwd",
  "<b>",
  "😀",
  "x".repeat(3_000),
];
const integers = [0, 1, 2, 5, 10, 100, 101, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1e21];
const numbers = [0, 0.5, 1, -1, 0.9999, 1e300, -1e-300];
const instants = [
  "2026-11-24T17:00:00.000Z",
  "2026-11-24T17:00:00+14:00",
  "1970-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+14:00",
  "9999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59-12:00",
  "2026-02-30T00:00:00Z",
];
const documents: readonly unknown[] = [
  null,
  {},
  [],
  { seed: 1 },
  { a: { b: [1, 2, { c: null }] } },
  "text",
  7,
  { constructor: 1, __proto__: 2 },
];

export function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.below(choices.length)] as T;
}

export interface ValueOptions {
  /** Existing global IDs. */
  readonly ids: readonly string[];
  /** The maximum length of a list. The lists inside it share the same maximum, but may have three items each. */
  readonly longest: number;
}

export function randomValue(type: GraphQLInputType, random: Random, options: ValueOptions): unknown {
  if (random.chance(0.01)) return pick<unknown>(random, ["wrong", -7, true, [[1]], { wrong: 1 }]);
  if (isNonNullType(type)) return randomValue(type.ofType, random, options);
  if (random.chance(0.03)) return null;
  if (isListType(type)) {
    const length = random.chance(0.8) ? random.below(4) : random.below(options.longest + 1);
    const within = { ...options, longest: Math.max(3, Math.floor(options.longest / Math.max(1, length))) };
    return Array.from({ length }, () => randomValue(type.ofType, random, within));
  }
  if (isEnumType(type)) return new EnumName(random.chance(0.97) ? pick(random, type.getValues()).name : "NO_SUCH");
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || random.chance(0.35));
    return Object.fromEntries(fields.map((field) => [field.name, randomValue(field.type, random, options)]));
  }
  if (type.name === "Int") return random.chance(0.8) ? random.below(12) : pick(random, integers);
  if (type.name === "Float") return pick(random, numbers);
  if (type.name === "Boolean") return random.chance(0.5);
  if (type.name === "ID") return random.chance(0.8) ? pick(random, options.ids) : pick(random, texts);
  if (type.name in openValueSchemas) return pick(random, documents);
  if (type.name === "DateTime") return pick(random, instants);
  return pick(random, texts);
}

/** The value as a GraphQL literal. */
export function printValue(value: unknown): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map(printValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, item]) => `${name}: ${printValue(item)}`)
    .join(", ")}}`;
}
