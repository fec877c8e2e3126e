import { printAuthorization, readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import { createSchema } from "@pareidolia/api/schema";
import { GraphQLInt, GraphQLObjectType, GraphQLSchema } from "graphql";
import { expect, it } from "vitest";

const schemaOf = (fieldAction: string | undefined, typeAction: string | undefined) => {
  const thing = new GraphQLObjectType({ name: "Thing", fields: { size: { type: GraphQLInt } }, extensions: { action: typeAction } });
  const fields = { thing: { type: thing, extensions: { action: fieldAction } } };
  return new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields }) });
};

it("the authorization table finds root fields and object types that declare no action, or one that the policy does not know", () => {
  expect(readAuthorization(schemaOf("run:read", "run:read")).unguarded).toEqual([]);
  expect(readAuthorization(schemaOf(undefined, undefined)).unguarded).toEqual(["Query.thing", "Thing"]);
  expect(readAuthorization(schemaOf("run:fly", "run:read")).unguarded).toEqual(["Query.thing"]);
});

it("the authorization table prints each field with its action and the roles that may perform it", () => {
  const printed = printAuthorization(readAuthorization(schemaOf("run:start", "signed in")));
  expect(printed).toContain("| `Query.thing` | run:start | owner, researcher |");
  expect(printed).toContain("| `Thing` | signed in | owner, researcher, labeller, viewer |");
});

it("the authorization table finds no unguarded root field or object type in the API", async () => {
  const { rootFields, objectTypes, unguarded } = readAuthorization(await createSchema());
  expect(unguarded).toEqual([]);
  expect(rootFields.length).toBeGreaterThan(50);
  expect(objectTypes.length).toBeGreaterThan(100);
});
