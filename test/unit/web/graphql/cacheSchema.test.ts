/** The cache's information on the schema: entities by their global ID, and the object types behind a fragment on an interface. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, isAbstractType } from "graphql";
import { gql } from "urql";
import { afterEach, expect, it, vi } from "vitest";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";
import { embeddedTypes, possibleTypes } from "../../../../apps/web/src/graphql/generated/cacheSchema.ts";
import { runTypes } from "../../../../apps/web/src/graphql/runTypes.ts";

const root = path.join(import.meta.dirname, "../../../..");
const schema = buildSchema(readFileSync(path.join(root, "apps/api/schema.graphql"), "utf8"));

afterEach(() => vi.unstubAllGlobals());

it("the cache identifies exactly the types that `node` returns", () => {
  expect(embeddedTypes).toEqual(expect.arrayContaining(["RunConnection", "PageInfo", "StartEvolutionSuccess"]));
  for (const name of possibleTypes["Node"] ?? []) expect(embeddedTypes).not.toContain(name);
});

it("the cache lists every interface and union of the schema", () => {
  const abstract = Object.values(schema.getTypeMap()).filter((type) => isAbstractType(type) && !type.name.startsWith("__"));
  expect(Object.keys(possibleTypes).toSorted()).toEqual(abstract.map(({ name }) => name).toSorted());
  expect(possibleTypes["Error"]?.toSorted()).toEqual([
    "ConflictError",
    "ForbiddenError",
    "InvalidInputError",
    "NotFoundError",
    "QuotaExceededError",
  ]);
  expect(possibleTypes["Run"]?.toSorted()).toEqual(runTypes.toSorted());
});

it.each(["InvalidInputError", "NotFoundError"])("the cache reads the message of a %s from a fragment on Error", async (__typename) => {
  const mutation = gql`mutation Upload { uploadImage { __typename ... on UploadImageSuccess { photo { id } } ... on Error { message } } }`;
  const refused = { uploadImage: { __typename, message: "The file is neither a PNG nor a JPEG." } };
  vi.stubGlobal("fetch", async () => Response.json({ data: refused }));
  const { data } = await createGraphqlClient().mutation(mutation, {}).toPromise();
  expect(data).toEqual(refused);
});
