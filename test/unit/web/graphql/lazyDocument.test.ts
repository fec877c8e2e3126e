/** Documents that pages parse when they use them. */
import { parse, print } from "graphql";
import { createRequest } from "urql";
import { expect, it } from "vitest";
import * as generated from "../../../../apps/web/src/graphql/generated/graphql.ts";
import { lazyDocument } from "../../../../apps/web/src/graphql/lazyDocument.ts";

it("a document is parsed when its definitions are first read, and only then", () => {
  const broken = lazyDocument("hash", "query {");
  expect(() => broken.definitions).toThrow("Syntax Error");
  const document = lazyDocument("hash", "query Q { viewer { id } }");
  expect(document.definitions).toBe(document.definitions);
  expect(print(document)).toBe(print(parse("query Q { viewer { id } }")));
});

it("urql sends the same text for it as for its tree", () => {
  const text = "query Q($id: ID!) { node(id: $id) { ...F } } fragment F on Node { id }";
  const lazy = createRequest(lazyDocument("hash", text), { id: "1" });
  const whole = createRequest(parse(text, { noLocation: true }), { id: "1" });
  expect(print(lazy.query)).toBe(print(whole.query));
  expect(lazy.key).toBe(whole.key);
});

it("all operations of the web application are documents of this kind, and parse", () => {
  const operations = Object.entries(generated).filter(([name]) => name.endsWith("Document"));
  expect(operations.length).toBeGreaterThan(100);
  for (const [, document] of operations) {
    expect(Object.getOwnPropertyDescriptor(document, "definitions")?.get).toBeDefined();
    expect(document.definitions[0]?.kind).toBe("OperationDefinition");
  }
});
