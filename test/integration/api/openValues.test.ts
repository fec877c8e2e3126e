/** The API's open values: what a filled workspace has fits the JSON Schemas that their scalars name. */
import { openValueSchemas } from "@pareidolia/api/openValue/openValueSchemas";
import { createSchema } from "@pareidolia/api/schema";
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType, isRequiredArgument, isScalarType } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OpenWorld, openWorld } from "../../matrix/openWorld.ts";
import type { Person } from "../../matrix/people.ts";
import { fitsSchema } from "../../support/fitsSchema.ts";

let world: OpenWorld;
let schema: GraphQLSchema;
let owner: Person;

beforeAll(async () => {
  schema = await createSchema();
  world = await openWorld();
  owner = world.people.find(({ role }) => role === "OWNER") as Person;
}, 600_000);
afterAll(() => world.close());

const schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> = openValueSchemas;

/** Arguments of fields that need some. */
const given: Readonly<Record<string, string>> = { columns: '["median", "tags", "created"]' };

/** Selects the open values of an object and of the objects in it; empty without any. Each has an alias with its scalar. */
function selectionOf(type: GraphQLObjectType, depth: number): string {
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const required = field.args.filter(isRequiredArgument).map(({ name }) => name);
    if (required.some((name) => given[name] === undefined)) return [];
    const args = required.length === 0 ? "" : `(${required.map((name) => `${name}: ${given[name]}`).join(", ")})`;
    if (named.name in schemas) return [`open_${named.name}_${field.name}: ${field.name}${args}`];
    if (depth === 0 || !isObjectType(named) || named.name.endsWith("Connection")) return [];
    const inner = selectionOf(named, depth - 1);
    return inner === "" ? [] : [`in_${field.name}: ${field.name}${args} { ${inner} }`];
  });
  return parts.join(" ");
}

interface Found {
  readonly scalar: string;
  readonly place: string;
  readonly value: unknown;
}

/** Lists hold a value each, as far as the schema of the value is no list itself. */
function collect(value: unknown, place: string): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap((each) => collect(each, place));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const [, scalar, field] = /^open_([A-Za-z]+)_(\w+)$/.exec(name) ?? [];
    if (scalar === undefined) return collect(each, `${place}.${name.replace(/^in_/, "")}`);
    if (each === null) return [];
    const isList = ["values", "points", "cells"].includes(field ?? "") && Array.isArray(each);
    return (isList ? each.flat() : [each]).map((one) => ({ scalar, place: `${place}.${field}`, value: one }));
  });
}

it("fit the schemas that their scalars name", async () => {
  const { nodes, runs } = world.thingsOf(owner, "own");
  const objects = new Map<string, string>([
    ...Object.entries(nodes),
    ["EvolutionRun", runs.evolution],
    ["AscentRun", runs.ascent],
    ["PerturbationRun", runs.perturbation],
    ["RetrainingRun", runs.retraining],
    ["ImportedRun", runs.imported],
  ]);
  const found: Found[] = [];
  for (const [name, id] of objects) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const selection = selectionOf(type, 1);
    if (selection === "") continue;
    const { data, errors } = await world.query<{ node: unknown }>(owner, `{ node(id: "${id}") { ... on ${name} { ${selection} } } }`);
    expect([name, errors]).toEqual([name, undefined]);
    found.push(...collect(data?.node, name));
  }
  const specs = "parameters { open_ParameterValue_default: default } presets { open_ParameterValues_values: values }";
  const { data } = await world.query(owner, `{ encodings { ${specs} } auditEntries { nodes { open_AuditValues_after: after } } }`);
  found.push(...collect(data, "Query"));
  for (const { scalar, place, value } of found)
    if (!fitsSchema(value, schemas[scalar] ?? {})) expect.soft([place, scalar, value]).toBeNull();
  const seen = new Set(found.map(({ scalar }) => scalar));
  // A comparison of studies is a query of its own, which `studyComparison.test.ts` sends.
  expect(Object.keys(schemas).filter((name) => !seen.has(name))).toEqual(["ComparedStudies"]);
}, 120_000);

it("have a schema at the address that the scalar names", async () => {
  const scalars = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && type.name in schemas);
  expect(scalars.length).toBe(Object.keys(schemas).length);
  for (const scalar of scalars) {
    const address = isScalarType(scalar) ? (scalar.specifiedByURL ?? "") : "";
    const response = await fetch(`${world.url}${address}`);
    expect([address, response.status, response.headers.get("content-type")]).toEqual([
      `/value-schemas/${scalar.name}.json`,
      200,
      "application/schema+json; charset=utf-8",
    ]);
    expect(await response.json()).toMatchObject({ $id: address, description: scalar.description });
  }
  expect((await fetch(`${world.url}/value-schemas/None.json`)).status).toBe(404);
});
