/** What the client reads of documents, and how it prints syntax trees. */
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import path from "node:path";
import * as operations from "@pareidolia/client/operations";
import { buildSchema, NoDeprecatedCustomRule, parse, specifiedRules, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { printDocument } from "../../../packages/client/src/printDocument.ts";
import { readDocument } from "../../../packages/client/src/readDocument.ts";

const root = path.resolve(import.meta.dirname, "../../..");

async function documentsOfWeb(): Promise<string[]> {
  const texts: string[] = [];
  for await (const file of glob("apps/web/src/features/**/*.graphql", { cwd: root }))
    texts.push(readFileSync(path.join(root, file), "utf8"));
  return texts;
}

/** The syntax tree without places in the text, and without the notation of strings. */
const meaningOf = (text: string): unknown =>
  JSON.parse(JSON.stringify(parse(text, { noLocation: true }), (key, value: unknown) => (key === "block" ? undefined : value)));

describe("printDocument", () => {
  it("prints what graphql-js reads as the same document", async () => {
    const texts = await documentsOfWeb();
    expect(texts.length).toBeGreaterThan(50);
    const special = `
      query Special($a: [Int!]! = [1, -2], $b: Filter = { name: "say \\"hi\\"\\n", on: null, kind: RED } @live, $c: Float = 1.5e3) @tagged(by: $a) {
        alias: field(text: """a "block"
          string""", yes: true, list: [], object: {}) @include(if: $c) { ... @skip(if: false) { id } ... on Type { id } ...Part }
      }
      fragment Part on Type @once { id }
      subscription { a }
      mutation Change { b(input: { a: { b: [{ c: 1 }] } }) }`;
    for (const text of [...texts, special]) expect(meaningOf(printDocument(parse(text)))).toEqual(meaningOf(text));
  });

  it("refuses definitions of a schema", () => {
    expect(() => printDocument(parse("type A { b: Int }"))).toThrow("ObjectTypeDefinition");
  });
});

describe("readDocument", () => {
  it.each([
    ["{ a }", ["query"]],
    ["# mutation\nquery A { mutation { query } }", ["query"]],
    ['mutation ($a: String = "query { }") { a(b: "}") { c } }', ["mutation"]],
    ["fragment A on B { query } subscription C { ...A }", ["subscription"]],
    ["query A($a: In = { b: { c: 1 } }) @d(e: { f: 1 }) { a } mutation B { a } { c }", ["query", "mutation", "query"]],
    ['query { a(b: """ } mutation { """) } ', ["query"]],
  ])("finds the operations of %s", (text, kinds) => {
    expect(readDocument(text).kinds).toEqual(kinds);
  });

  it("finds the types of variables, and the variable that resumes", () => {
    const { variableTypes, since } = readDocument(
      "subscription ($runId: ID!, $from: Int! = 0, $list: [[Filter!]!] = [{ since: 3 }]) { runEvents(runId: $runId, since: $from) { seq } }",
    );
    expect([...variableTypes]).toEqual([
      ["runId", "ID"],
      ["from", "Int"],
      ["list", "Filter"],
    ]);
    expect(since).toBe("from");
    expect(readDocument("subscription { runEvents(since: 3) { seq } }").since).toBeNull();
  });

  it("takes texts, syntax trees and the strings of code generators, and nothing else", () => {
    class TypedDocumentString extends String {}
    expect(readDocument(new TypedDocumentString("{ a }")).text).toBe("{ a }");
    expect(readDocument(parse("{ a }")).text).toBe("query { a }");
    for (const wrong of [null, undefined, 3, {}, { kind: "Field" }]) expect(() => readDocument(wrong)).toThrow(TypeError);
  });
});

describe("ready operations", () => {
  const schema = buildSchema(readFileSync(path.join(root, "apps/api/schema.graphql"), "utf8"));
  const texts = Object.entries(operations).map(([name, text]) => [name, String(text)] as const);

  it("are valid, use nothing deprecated, and have one operation each", () => {
    expect(texts.length).toBeGreaterThan(30);
    const rules = [...specifiedRules, NoDeprecatedCustomRule];
    for (const [name, text] of texts)
      expect([name, validate(schema, parse(text), rules), readDocument(text).kinds.length]).toEqual([name, [], 1]);
  });

  it("select the message of every error of a mutation, and the number of every numbered event", () => {
    const mutations = texts.filter(([, text]) => readDocument(text).kinds[0] === "mutation");
    expect(mutations.filter(([, text]) => !text.includes("...Failure") || !text.includes("__typename"))).toEqual([]);
    const numbered = texts.filter(([, text]) => readDocument(text).since !== null);
    expect(numbered.map(([name]) => name)).toEqual(["runEvents", "studyTallies", "workspaceChanges"]);
    expect(numbered.filter(([, text]) => !/\bseq(uence)?\b/.test(text))).toEqual([]);
  });
});
