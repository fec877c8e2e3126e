/** The cache of parsed documents. */
import { DocumentStore } from "@pareidolia/api/http/documentStore";
import { parse } from "graphql";
import { expect, it } from "vitest";

const documentOf = (characters: number) => parse(`{ a }${" ".repeat(characters - 5)}`);

it("the document cache keeps the most recently used documents, up to a total length", async () => {
  const store = new DocumentStore();
  const keys = Array.from({ length: 10 }, (_, i) => `document ${i}`);
  for (const key of keys) await store.set(key, documentOf(20_000));
  expect(await store.get("document 0")).toBeDefined();
  await store.set("another", documentOf(20_000));
  const kept = await Promise.all(keys.map(async (key) => (await store.get(key)) !== undefined));
  expect(kept).toEqual(keys.map((key) => key !== "document 1"));
});

it("the document cache does not drop many documents for a single long one", async () => {
  const store = new DocumentStore();
  await store.set("short", documentOf(100));
  await store.set("long", documentOf(20_001));
  expect([(await store.get("short")) !== undefined, await store.get("long")]).toEqual([true, undefined]);
});

it("the document cache counts a document that is stored again once", async () => {
  const store = new DocumentStore();
  await store.set("other", documentOf(20_000));
  for (let i = 0; i < 20; i++) await store.set("same", documentOf(20_000));
  expect(await store.get("other")).toBeDefined();
});
