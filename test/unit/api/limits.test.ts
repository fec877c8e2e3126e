/** The limits of a document, checked before it is executed. */
import { globSync, readFileSync } from "node:fs";
import { operationCost, statementCost } from "@pareidolia/api/limits/costs";
import { limits } from "@pareidolia/api/limits/limits";
import { measureOperation } from "@pareidolia/api/limits/measureOperation";
import { createSchema } from "@pareidolia/api/schema";
import { type DocumentNode, type GraphQLError, type GraphQLSchema, getIntrospectionQuery, parse, validate } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema();
});

function brokenBy(
  source: string | DocumentNode,
  variables: Record<string, unknown> = {},
  operationName: string | null = null,
): string | null {
  try {
    const document = typeof source === "string" ? parse(source) : source;
    measureOperation(schema, { document, operationName, variables });
    return null;
  } catch (error) {
    return (error as GraphQLError).message;
  }
}

/** Fragments that each spread the next one twice: 2^`length` paths to the last. */
function doubling(length: number, last: string): string {
  const links = Array.from({ length }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`);
  return `{ ...f0 } ${links.join(" ")} fragment f${length} on Query { ${last} }`;
}

describe("a document's limits", () => {
  it("measure each fragment once, even if nested spreads multiply its values", () => {
    expect(brokenBy(doubling(300, "__typename"))).toBeNull();
    expect(brokenBy(doubling(300, "viewer { role }"))).toMatch(/costs more than 1000000000; at most 100000/);
    expect(brokenBy(doubling(300, "a: __typename"))).toMatch(/more than \d+ aliases/);
  });

  it("do not loop on a fragment that spreads itself, which validation refuses", () => {
    expect(brokenBy("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a viewer { role } }")).toBeNull();
  });

  it("admit one introspection of the whole schema, but not many under aliases", () => {
    expect(brokenBy("{ __schema { types { name } } }")).toBeNull();
    const many = Array.from({ length: 50 }, (_, i) => `a${i}: __schema { types { fields { name } } }`).join(" ");
    expect(brokenBy(`{ ${many} }`)).not.toBeNull();
    expect(brokenBy(`{ ${Array.from({ length: 100 }, (_, i) => `a${i}: __typename`).join(" ")} }`)).toMatch(/aliases/);
  });

  it("count aliases, depth and all values of introspection, however short the query", () => {
    const aliases = (count: number, name: string, field: string): string =>
      Array.from({ length: count }, (_, i) => `${name}${i}: ${field}`).join(" ");
    const fragments = `fragment t on __Type { ${aliases(200, "b", "fields { ...f }")} } fragment f on __Field { ${aliases(60, "c", "name")} }`;
    expect(brokenBy(`{ __schema { ${aliases(200, "a", "queryType { ...t }")} } } ${fragments}`)).toMatch(/more than 60 aliases/);
    const nested = (count: number): string =>
      `{ __schema { types { fields { ${aliases(count, "a", "type { kind name ofType { kind name } }")} } } } }`;
    expect(brokenBy(nested(1))).toBeNull();
    expect(brokenBy(nested(40))).toMatch(/at most 100000 is allowed/);
    const types = (levels: number): string => (levels === 0 ? "name" : `ofType { ${types(levels - 1)} }`);
    expect(brokenBy(`{ __type(name: "Query") { ${types(20)} } }`)).toMatch(/22 levels deep/);
    expect(brokenBy(doubling(300, `__type(name: "Query") { name }`).replace("...f0", "__schema { ...f0 }"))).toBeNull();
  });

  it("admit the introspection queries of explorers and code generators", () => {
    const whole = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true };
    expect(brokenBy(getIntrospectionQuery())).toBeNull();
    expect(brokenBy(getIntrospectionQuery(whole))).toBeNull();
  });

  it("count type names below the root, and lists of plain values", () => {
    const names = Array.from({ length: 12 }, (_, i) => `a${i}: __typename`).join(" ");
    expect(brokenBy(`{ experiments(first: 100) { nodes { runs(first: 100) { nodes { ${names} } } } } }`)).toMatch(
      /costs \d+; at most 100000/,
    );
    const labels = (count: number): string =>
      `{ experiments(first: 50) { nodes { runs(first: 50) { nodes { model { ${Array.from({ length: count }, (_, i) => `a${i}: labels`).join(" ")} } } } } } }`;
    expect(brokenBy(labels(2))).toBeNull();
    expect(brokenBy(labels(12))).toMatch(/costs \d+; at most 100000/);
  });

  it("count depth across fragments", () => {
    const nested = (levels: number): string => (levels === 0 ? "id" : `experiment { runs(first: 1) { nodes { ${nested(levels - 1)} } } }`);
    expect(brokenBy(`{ runs(first: 1) { nodes { ...deep } } } fragment deep on Run { ${nested(5)} }`)).toMatch(/18 levels deep/);
  });

  it.each([
    ["a log", "events { nodes { seq } }"],
    ["an earlier archive", "... on EvolutionRun { archiveAt(generation: 0) { id } }"],
    ["a difficulty", "... on EvolutionRun { difficulty { competition } }"],
    ["a search", "... on AscentRun { configurations { rank } }"],
    ["a page of trajectories", "... on AscentRun { trajectories(first: 1) { nodes { id } } }"],
    ["a page of results", "... on PerturbationRun { perturbations(first: 1) { nodes { id } } }"],
    ["a count", "events(first: 1) { totalCount }"],
  ])("refuse %s of every run of many experiments, as each takes an SQL statement", (_, field) => {
    expect(brokenBy(`{ runs(first: 5) { nodes { ${field} } } }`)).toBeNull();
    expect(brokenBy(`{ experiments(first: 20) { nodes { runs(first: 20) { nodes { ${field} } } } } }`)).not.toBeNull();
  });

  it.each([
    ["a phylogeny", "... on EvolutionRun { phylogeny(limit: 1) { goalSwitchShare } }"],
    ["shared descent", "... on EvolutionRun { relatedness { niches } }"],
  ])("admit %s of two runs in a document, but not of three", (_, field) => {
    expect(brokenBy(`{ runs(first: 2) { nodes { ${field} } } }`)).toBeNull();
    expect(brokenBy(`{ runs(first: 3) { nodes { ${field} } } }`)).toMatch(/costs \d+; at most 100000/);
    const aliased = (count: number): string =>
      Array.from({ length: count }, (_each, i) => `r${i}: node(id: "RUN-${i}") { ... on Run { ${field} } }`).join(" ");
    expect(brokenBy(`{ ${aliased(2)} }`)).toBeNull();
    expect(brokenBy(`{ ${aliased(3)} }`)).toMatch(/costs \d+; at most 100000/);
  });

  it("count the maximum number of configurations and trajectories of a search, or the number that the query names", () => {
    const ask = (args: string, first: number, selection: string): string | null =>
      brokenBy(
        `query ($some: [Int!]) { node(id: "RUN-1") { ... on AscentRun { configurations${args} { rank trajectories(first: ${first}) { ${selection} } } } } }`,
        {
          some: [1, 2, 3],
        },
      );
    expect(ask("", 10, "id class start storedConfidence image { url }")).toBeNull();
    expect(
      ask(
        "",
        20,
        "id class label start step ended searchConfidence storedConfidence image { url sha256 width height channels } milestones { step }",
      ),
    ).not.toBeNull();
    expect(ask("", 10, "curve { step searchConfidence storedConfidence norm }")).not.toBeNull();
    expect(
      ask("(indexes: [1, 2])", 20, "curve { step searchConfidence storedConfidence norm } milestones { level step image { url } }"),
    ).toBeNull();
    expect(
      ask("(indexes: $some)", 20, "curve { step searchConfidence storedConfidence norm } milestones { level step image { url } }"),
    ).toBeNull();
    const many = Array.from({ length: 40 }, (_, i) => `c${i}: configurations(indexes: [${i}]) { rank }`).join(" ");
    expect(brokenBy(`{ runs(first: 1) { nodes { ... on AscentRun { ${many} } } } }`)).toBeNull();
    expect(brokenBy(`{ runs(first: 2) { nodes { ... on AscentRun { ${many} } } } }`)).not.toBeNull();
  });

  const costOf = (text: string): number => measureOperation(schema, { document: parse(text), operationName: null, variables: {} }).cost;

  it("count the total of a list once, however long its pages are, and a statement of all rows once", () => {
    const total = costOf("{ runs(first: 1) { totalCount } }");
    expect(costOf("{ runs(first: 100) { totalCount } }")).toBe(total);
    expect(total - costOf("{ runs(first: 0) { totalCount } }")).toBe(statementCost);
    expect(costOf("{ runs(first: 100) { nodes { key } totalCount } }") - total).toBe(101);
    const fragments = "fragment T on RunConnection { ...N totalCount } fragment N on RunConnection { nodes { key } }";
    expect(costOf(`{ runs(first: 100) { ...T } } ${fragments}`)).toBe(total + 101);
    expect(costOf(`{ runs(first: 5) { ...T } runs(first: 5) { ...T } } ${fragments}`)).toBe(2 * (total + 6) - operationCost);
    expect(costOf("{ experiments { nodes { key runs { totalCount } } } }")).toBeLessThan(limits.cost / 5);
    const scored = (first: number): number => costOf(`{ images(first: ${first}) { nodes { scores { topLabel } } } }`);
    expect(scored(2) - scored(1)).toBe(11);
  });

  it("name the field that has a total for less", () => {
    const counts = 'a: runs { totalCount } b: runs(search: "archived = true") { totalCount }';
    expect(brokenBy(`{ experiments(first: 100) { nodes { ${counts} } } }`)).toMatch(
      /"experiments.nodes.a.totalCount" costs \d+ of it: "runCount" says the same for less\.$/,
    );
    const rows = "a: runs { nodes { key } } b: runs { nodes { key } } c: runs { nodes { key } } d: runs { nodes { key } }";
    expect(brokenBy(`{ experiments(first: 100) { nodes { ${rows} } } }`)).toMatch(/it would fit\.$/);
  });

  it("admit at most 100 values in a list argument, literal or in a variable, and count each", () => {
    const many = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i % 10);
    const written = (count: number): string => `{ elites(first: 1, filter: { niche: [${many(count).join(",")}] }) { nodes { id } } }`;
    expect(brokenBy(written(100))).toBeNull();
    expect(brokenBy(written(101))).toBe('"niche" has 101 values; at most 100 are allowed.');
    const given = "query ($n: [Int!]) { elites(first: 1, filter: { niche: $n }) { nodes { id } } }";
    expect(brokenBy(given, { n: many(100) })).toBeNull();
    expect(brokenBy(given, { n: many(140_000) })).toBe('"niche" has 140000 values; at most 100 are allowed.');
    const whole = "query ($filter: EliteFilter) { elites(first: 1, filter: $filter) { nodes { id } } }";
    expect(brokenBy(whole, { filter: { niche: many(101) } })).toMatch(/"niche" has 101 values/);
    const inside =
      "query ($n: [Int!]) { runs(first: 25) { nodes { ... on AscentRun { trajectories(first: 1, classes: $n) { nodes { id } } } } } }";
    expect([brokenBy(inside, { n: many(10) }), brokenBy(inside, { n: many(100) })]).toEqual([null, null]);
    const aliased = Array.from(
      { length: 40 },
      (_, i) => `a${i}: trajectories(first: 1, classes: $n, configurations: $n) { nodes { id } }`,
    ).join(" ");
    const wide = (first: number): string => `query ($n: [Int!]) { runs(first: ${first}) { nodes { ... on AscentRun { ${aliased} } } } }`;
    expect(brokenBy(wide(5), { n: many(10) })).toBeNull();
    expect(brokenBy(wide(5), { n: many(100) })).toMatch(/costs \d+; at most 100000/);
  });

  it("admit a model's labels, up to 10,000", () => {
    const labels = (count: number): string[] => Array.from({ length: count }, (_, i) => `class ${i}`);
    const register = "mutation ($input: RegisterModelInput!) { registerModel(input: $input) { __typename } }";
    expect(brokenBy(register, { input: { name: "x", labels: labels(10_000) } })).toBeNull();
    expect(brokenBy(register, { input: { name: "x", labels: labels(10_001) } })).toMatch(/"labels" has 10001 values; at most 10000/);
    const split = 'mutation ($labels: [String!]!) { registerModel(input: { name: "x", labels: $labels }) { __typename } }';
    expect(brokenBy(split, { labels: labels(1_000) })).toBeNull();
  });

  it("keep validation short: a document at the token limit stays below the library's own limit of compared fields", () => {
    const words = 160;
    const spreads = Array.from({ length: words }, (_, i) => `...f${i}`).join(" ");
    const text = `{ ${spreads} } ${Array.from({ length: words }, (_, i) => `fragment f${i} on Query { viewer { role } }`).join(" ")}`;
    expect(validate(schema, parse(text, { maxTokens: limits.tokens }))).toEqual([]);
    const [error] = validate(schema, parse(`{ ${"viewer { role } ".repeat(900)} }`));
    expect(error?.message).toBe("Validation aborted.");
    expect(() => parse(`{ ${"viewer { role } ".repeat(900)} }`, { maxTokens: limits.tokens })).toThrow(/more that 2000 tokens/);
  });

  it("admit every document of the web application", () => {
    const documents = globSync("apps/web/src/**/*.graphql").map((file) => readFileSync(file, "utf8"));
    const text = documents.join("\n");
    const names = [...text.matchAll(/^(?:query|mutation|subscription) (\w+)/gm)].map((match) => match[1] as string);
    expect(names.length).toBeGreaterThan(10);
    const variables = { first: 100, limit: 5000 };
    const document = parse(text);
    expect(names.map((name) => [name, brokenBy(document, variables, name)]).filter(([, broken]) => broken !== null)).toEqual([]);
  });

  it("name the list that costs most and a length that fits", () => {
    const document = (first: number): string =>
      `{ runs(first: 2) { nodes { id } } deep: experiments(first: 100) { nodes { runs(first: ${first}) { nodes { id state seed } } } } }`;
    const refusal = brokenBy(document(100).replace("runs(first: 2)", "runs(first: 100)"), {});
    expect(brokenBy(document(100))).toBeNull();
    const wide = (first: number): string =>
      document(first).replaceAll("id state seed", "id state seed a: id b: id c: id d: id e: id f: id g: id h: id");
    expect(refusal).toBeNull();
    const message = brokenBy(wide(100)) ?? "";
    expect(message).toContain('The rows of "deep.nodes.runs" cost most');
    const first = Number(/first: (\d+)/.exec(message)?.[1]);
    expect(brokenBy(wide(first))).toBeNull();
    expect(brokenBy(wide(first + 1))).not.toBeNull();
  });

  it("say so if no length of the costliest list fits", () => {
    const lists = Array.from(
      { length: 9 },
      (_, i) => `a${i}: experiments(first: 100) { nodes { runs(first: 100) { nodes { id state } } } }`,
    );
    expect(brokenBy(`{ ${lists.join(" ")} }`)).toContain('The rows of "a0" cost most. Request fewer of their fields');
  });
});
