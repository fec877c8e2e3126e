/** A new field of the API gets a row of the matrix by itself, or building the matrix fails and says what is missing. */
import { createSchema } from "@pareidolia/api/schema";
import { extendSchema, type GraphQLObjectType, type GraphQLSchema, parse } from "graphql";
import { beforeAll, expect, it } from "vitest";
import { objectRows } from "../../matrix/objectRows.ts";
import type { Person } from "../../matrix/people.ts";
import { rootRows } from "../../matrix/rootRows.ts";
import type { World } from "../../matrix/row.ts";
import type { Things } from "../../matrix/things.ts";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema();
});

/** Answers each property by its name, and a list by a list of it. */
const names: unknown = new Proxy(
  {},
  { get: (_target, name) => (name === "nodes" || name === "runs" ? names : name === "voters" ? [String(name)] : String(name)) },
);
const person = { name: "owner", home: "here" } as unknown as Person;
const world = { people: [person], thingsOf: () => names as Things } as unknown as World;

function rowsWith(addition: string, action?: string): () => readonly string[] {
  const [, type = "", field = ""] = /type (\w+) \{ (\w+)/.exec(addition) ?? [];
  const extended = extendSchema(schema, parse(addition));
  const added = (extended.getType(type) as GraphQLObjectType | undefined)?.getFields()[field];
  if (added !== undefined && action !== undefined) added.extensions = { action };
  return () => {
    const { nodes, paths } = objectRows(extended, world);
    return [...rootRows(extended, world), ...nodes, ...paths].map(({ name }) => name);
  };
}

it("the schema as it is has rows", () => {
  expect(rowsWith("scalar Unused")().length).toBeGreaterThan(500);
});

it("a query, mutation or subscription without an action fails", () => {
  expect(rowsWith("extend type Query { secrets: String }")).toThrow("Query.secrets declares no action.");
  expect(rowsWith("extend type Mutation { reveal: String }")).toThrow("Mutation.reveal declares no action.");
});

it("a query gets a row; one with arguments fails until they are added", () => {
  expect(rowsWith("extend type Query { secrets: String }", "run:read")()).toContain("Query.secrets");
  expect(rowsWith("extend type Query { secrets(depth: Int!): String }", "run:read")).toThrow(
    "Query.secrets needs arguments: add them to requiredArguments.",
  );
});

it("an argument that takes the ID of an object fails until the matrix knows which", () => {
  expect(rowsWith("extend type Query { secrets(vaultId: ID): String }", "run:read")).toThrow(
    "add the argument vaultId to objectOfArgument",
  );
  expect(rowsWith("extend type Query { secrets(runId: ID): String }", "run:read")()).toContain("Query.secrets(runId)");
});

it("a mutation fails until it has a valid input", () => {
  expect(rowsWith("extend type Mutation { reveal: String }", "run:start")).toThrow("add one to mutationInputs");
});

it("a subscription fails until its arguments are added", () => {
  expect(rowsWith("extend type Subscription { secrets(id: ID!): String }", "run:read")).toThrow(
    "Subscription.secrets needs arguments: add them to requiredArguments.",
  );
});

it("a field of an object gets a row; one with arguments fails until they are added", () => {
  expect(rowsWith("extend type Experiment { budget: Int }")()).toContain("Experiment.budget");
  expect(rowsWith("extend type Experiment { budget(runId: ID): Int }")()).toContain("Experiment.budget(runId)");
  expect(rowsWith("extend type Experiment { budget(vaultId: ID): Int }")).toThrow("add the argument vaultId to objectOfArgument");
  expect(rowsWith("extend type Experiment { budget(year: Int!): Int }")).toThrow(
    "Experiment.budget needs arguments: add them to fieldArguments.",
  );
});
