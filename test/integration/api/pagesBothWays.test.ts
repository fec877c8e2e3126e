/** Every list with pages of the whole schema, read over real rows from both ends: the same order, no gap and no repetition. */
import { createSchema } from "@pareidolia/api/schema";
import { type GraphQLField, type GraphQLSchema, getNamedType, isObjectType, isRequiredArgument } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lengthenLists } from "../../matrix/lengthenLists.ts";
import { type OpenWorld, openWorld } from "../../matrix/openWorld.ts";
import type { Person } from "../../matrix/people.ts";
import type { Things } from "../../matrix/things.ts";

let world: OpenWorld;
let schema: GraphQLSchema;
let owner: Person;
let things: Things;

beforeAll(async () => {
  schema = await createSchema();
  world = await openWorld();
  owner = world.people.find(({ role }) => role === "OWNER") as Person;
  things = world.thingsOf(owner, "own");
  await lengthenLists(world, things, owner);
}, 600_000);
afterAll(() => world.close());

interface List {
  readonly parent: string;
  readonly field: GraphQLField<unknown, unknown>;
}

const isConnection = ({ type }: GraphQLField<unknown, unknown>): boolean => getNamedType(type).name.endsWith("Connection");

function listsOf(): readonly List[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter(isConnection)
          .map((field) => ({ parent: type.name, field }))
      : [],
  );
}

/** Where an object of each type that has lists is found. */
function placeOf(parent: string): readonly [open: string, close: string] {
  const node = (id: string, of = parent): readonly [string, string] => [`node(id: "${id}") { ... on ${of} {`, "} }"];
  const { nodes, runs } = things;
  switch (parent) {
    case "Query":
      return ["", ""];
    case "Viewer":
      return ["viewer {", "}"];
    case "EvolutionRun":
      return node(runs.evolution);
    case "AscentRun":
      return node(runs.ascent);
    case "PerturbationRun":
      return node(runs.perturbation);
    case "RetrainingRun":
      return node(runs.retraining);
    case "ImportedRun":
      return node(runs.imported);
    case "StudyPlaces":
      return [`${node(nodes.Study, "Study")[0]} places {`, "} } }"];
    default: {
      const id = (nodes as Readonly<Record<string, string>>)[parent];
      if (id === undefined) throw new Error(`The test does not know an object of the type ${parent}, which has lists.`);
      return node(id);
    }
  }
}

/** Required arguments of lists. The test names a new one that is missing here. */
const given: Readonly<Record<string, string>> = { groupBy: '["method"]', measures: "[]" };

interface Page {
  readonly edges: readonly { readonly cursor: string }[];
  readonly nodes: readonly object[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
  readonly totalCount: number;
}

async function read({ parent, field }: List, page: string): Promise<Page> {
  const required = field.args.filter(isRequiredArgument).map(({ name }) => {
    if (given[name] === undefined) throw new Error(`The test has no value of ${parent}.${field.name}(${name}).`);
    return `${name}: ${given[name]}`;
  });
  const [open, close] = placeOf(parent);
  const args = [...required, page].join(", ");
  const selection = "edges { cursor } nodes { __typename } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount";
  const query = `{ ${open} list: ${field.name}(${args}) { ${selection} } ${close} }`;
  const { data, errors } = await world.query<Record<string, unknown>>(owner, query);
  expect(errors, query).toBeUndefined();
  let found: unknown = data;
  while (found !== null && typeof found === "object" && !("list" in found)) found = Object.values(found)[0];
  return (found as { list: Page }).list;
}

const cursorsOf = ({ edges }: Page): readonly string[] => edges.map(({ cursor }) => cursor);

async function readForwards(list: List, size: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await read(list, `first: ${size}${after === null ? "" : `, after: "${after}"`}`);
    expect(page.nodes).toHaveLength(page.edges.length);
    expect(page.edges.length).toBeLessThanOrEqual(size);
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    found.push(...cursorsOf(page));
    if (!page.pageInfo.hasNextPage) return found;
    expect(page.edges).toHaveLength(size);
    after = page.pageInfo.endCursor;
  }
}

async function readBackwards(list: List, size: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let before: string | null = null; ; ) {
    const page = await read(list, `last: ${size}${before === null ? "" : `, before: "${before}"`}`);
    expect(page.edges.length).toBeLessThanOrEqual(size);
    expect(page.pageInfo.hasNextPage).toBe(before !== null);
    found.unshift(...cursorsOf(page));
    if (!page.pageInfo.hasPreviousPage) return found;
    expect(page.edges).toHaveLength(size);
    before = page.pageInfo.startCursor;
  }
}

describe("lists with pages", () => {
  it("take the same four arguments", () => {
    const arguments_ = (field: List["field"]) =>
      ["first", "after", "last", "before"].map((name) => String(field.args.find((each) => each.name === name)?.type));
    expect(listsOf().length).toBeGreaterThan(60);
    for (const { parent, field } of listsOf())
      expect([parent, field.name, ...arguments_(field)]).toEqual([parent, field.name, "Int", "String", "Int", "String"]);
  });

  it("have the same order from both ends, without a gap, in pages of two sizes", async () => {
    const lengths = new Map<string, number>();
    for (const list of listsOf()) {
      const name = `${list.parent}.${list.field.name}`;
      const all = await readForwards(list, 100);
      expect([name, new Set(all).size, (await read(list, "first: 1")).totalCount]).toEqual([name, all.length, all.length]);
      // Each kind of run has the lists of all runs, some of them empty.
      const longest = name.replace(/^\w+Run\./, "Run.");
      lengths.set(longest, Math.max(lengths.get(longest) ?? 0, all.length));
      const size = Math.max(1, Math.min(99, Math.ceil(all.length / 5)));
      for (const rows of [size, size + 1]) {
        expect([name, rows, await readForwards(list, rows)]).toEqual([name, rows, all]);
        expect([name, rows, await readBackwards(list, rows)]).toEqual([name, rows, all]);
      }
      const [first, , third] = all;
      if (first !== undefined && third !== undefined) {
        const between = await read(list, `last: 5, after: "${first}", before: "${third}"`);
        expect([name, cursorsOf(between)]).toEqual([name, [all[1]]]);
      }
    }
    const short = [...lengths].filter(([, length]) => length < 3).map(([name, length]) => `${name}: ${length}`);
    expect(short).toEqual([]);
  }, 600_000);
});
