/** The limits of a document, counted before anything of it runs. */
import { globSync, readFileSync } from "node:fs";
import { findBrokenLimit } from "@pareidolia/api/limits/limits";
import { createSchema } from "@pareidolia/api/schema";
import { type GraphQLSchema, parse } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema();
});

function brokenBy(text: string, variables: Record<string, unknown> = {}, operationName: string | null = null): string | null {
  return findBrokenLimit(schema, { document: parse(text), operationName, variables })?.message ?? null;
}

/** Fragments that each spread the next one twice: 2 to the power of `length` ways to the last. */
function doubling(length: number, last: string): string {
  const links = Array.from({ length }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`);
  return `{ ...f0 } ${links.join(" ")} fragment f${length} on Query { ${last} }`;
}

describe("a document's limits", () => {
  it("count fragments that spread one another as often as they are written, not as often as they are reached", () => {
    expect(brokenBy(doubling(300, "__typename"))).toBeNull();
    expect(brokenBy(doubling(300, "viewer { role }"))).toMatch(/more than \d+ values/);
    expect(brokenBy(doubling(300, "a: __typename"))).toMatch(/more than \d+ aliases/);
  });

  it("end at a fragment that spreads itself, which validation refuses", () => {
    expect(brokenBy("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a viewer { role } }")).toBeNull();
  });

  it("admit one look at the whole schema, and not many under other names", () => {
    expect(brokenBy("{ __schema { types { name } } }")).toBeNull();
    const many = Array.from({ length: 50 }, (_, i) => `a${i}: __schema { types { fields { name } } }`).join(" ");
    expect(brokenBy(`{ ${many} }`)).not.toBeNull();
    expect(brokenBy(`{ ${Array.from({ length: 100 }, (_, i) => `a${i}: __typename`).join(" ")} }`)).toMatch(/aliases/);
  });

  it("count depth over fragments", () => {
    const nested = (levels: number): string => (levels === 0 ? "id" : `experiment { runs(first: 1) { nodes { ${nested(levels - 1)} } } }`);
    expect(brokenBy(`{ runs(first: 1) { nodes { ...deep } } } fragment deep on Run { ${nested(5)} }`)).toMatch(/18 levels deep/);
  });

  it.each([
    ["a log", "events { nodes { seq } }"],
    ["an archive of old", "archiveAt(generation: 0) { id }"],
    ["a difficulty", "difficulty { competition }"],
    ["a search", "configurations { rank }"],
    ["a page of trajectories", "trajectories(first: 1) { nodes { id } }"],
    ["a page of results", "perturbations(first: 1) { nodes { id } }"],
    ["a count", "events(first: 1) { totalCount }"],
  ])("refuse %s of every run of many experiments, each a statement of its own", (_, field) => {
    expect(brokenBy(`{ runs(first: 5) { nodes { ${field} } } }`)).toBeNull();
    expect(brokenBy(`{ experiments(first: 20) { nodes { runs(first: 20) { nodes { ${field} } } } } }`)).not.toBeNull();
  });

  it.each([
    ["a phylogeny", "phylogeny(limit: 1) { goalSwitchShare }"],
    ["shared descent", "relatedness { niches }"],
  ])("admit %s of two runs in a document, and not of three", (_, field) => {
    expect(brokenBy(`{ runs(first: 2) { nodes { ${field} } } }`)).toBeNull();
    expect(brokenBy(`{ runs(first: 3) { nodes { ${field} } } }`)).toMatch(/more than \d+ values/);
    const aliased = (count: number): string =>
      Array.from({ length: count }, (_each, i) => `r${i}: node(id: "RUN-${i}") { ... on Run { ${field} } }`).join(" ");
    expect(brokenBy(`{ ${aliased(2)} }`)).toBeNull();
    expect(brokenBy(`{ ${aliased(3)} }`)).toMatch(/more than \d+ values/);
  });

  it("count a search's configurations and their trajectories as many as there may be, or as were named", () => {
    const ask = (args: string, first: number, wanted: string): string | null =>
      brokenBy(
        `query ($some: [Int!]) { node(id: "RUN-1") { ... on Run { configurations${args} { rank trajectories(first: ${first}) { ${wanted} } } } } }`,
        {
          some: [1, 2, 3],
        },
      );
    expect(ask("", 10, "id class start storedConfidence image { url }")).toBeNull();
    expect(
      ask(
        "",
        20,
        "id class label start step ended confidence storedConfidence image { url sha256 width height channels } milestones { step }",
      ),
    ).not.toBeNull();
    expect(ask("", 10, "curve { step confidence storedConfidence norm }")).not.toBeNull();
    expect(
      ask("(indexes: [1, 2])", 20, "curve { step confidence storedConfidence norm } milestones { level step image { url } }"),
    ).toBeNull();
    expect(
      ask("(indexes: $some)", 20, "curve { step confidence storedConfidence norm } milestones { level step image { url } }"),
    ).toBeNull();
    const many = Array.from({ length: 40 }, (_, i) => `c${i}: configurations(indexes: [${i}]) { rank }`).join(" ");
    expect(brokenBy(`{ runs(first: 1) { nodes { ${many} } } }`)).toBeNull();
    expect(brokenBy(`{ runs(first: 2) { nodes { ${many} } } }`)).not.toBeNull();
  });

  it("admit every document of the web application", () => {
    const documents = globSync("apps/web/src/**/*.graphql").map((file) => readFileSync(file, "utf8"));
    const text = documents.join("\n");
    const names = [...text.matchAll(/^(?:query|mutation|subscription) (\w+)/gm)].map((match) => match[1] as string);
    expect(names.length).toBeGreaterThan(10);
    const variables = { first: 100, limit: 5000 };
    expect(names.map((name) => [name, brokenBy(text, variables, name)]).filter(([, broken]) => broken !== null)).toEqual([]);
  });
});
