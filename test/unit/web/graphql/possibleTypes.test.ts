/** Fragments on interfaces: the cache knows their object types, so that no error of the API is dropped. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, isAbstractType, Kind, parse, visit } from "graphql";
import { gql } from "urql";
import { afterEach, expect, it, vi } from "vitest";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";
import { possibleTypes } from "../../../../apps/web/src/graphql/client/possibleTypes.ts";

const root = path.join(import.meta.dirname, "../../../..");
const schema = buildSchema(readFileSync(path.join(root, "apps/api/schema.graphql"), "utf8"));

afterEach(() => vi.unstubAllGlobals());

it("lists the object types of every interface and union that a document has a fragment on", () => {
  const features = path.join(root, "apps/web/src");
  const documents = readdirSync(features, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".graphql"));
  expect(documents.length).toBeGreaterThan(10);
  const conditions = new Set<string>();
  for (const file of documents)
    visit(parse(readFileSync(path.join(features, file), "utf8")), {
      NamedType(node, _key, parent) {
        const holder = parent as { readonly kind?: string } | undefined;
        if (holder?.kind === Kind.INLINE_FRAGMENT || holder?.kind === Kind.FRAGMENT_DEFINITION) conditions.add(node.name.value);
      },
    });
  const expected: Record<string, string[]> = {};
  for (const name of conditions) {
    const type = schema.getType(name);
    if (isAbstractType(type))
      expected[name] = schema
        .getPossibleTypes(type)
        .map((each) => each.name)
        .sort();
  }
  expect(possibleTypes).toEqual(expected);
});

it.each(["InvalidInputError", "NotFoundError"])("reads the message of a %s from a fragment on Error", async (__typename) => {
  const mutation = gql`mutation Upload { uploadImage { __typename ... on UploadImageSuccess { photo { id } } ... on Error { message } } }`;
  const refused = { uploadImage: { __typename, message: "The file is neither a PNG nor a JPEG." } };
  vi.stubGlobal("fetch", async () => Response.json({ data: refused }));
  const { data } = await createGraphqlClient().mutation(mutation, {}).toPromise();
  expect(data).toEqual(refused);
});
