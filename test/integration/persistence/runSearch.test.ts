/** Searches find the runs that an independent evaluation of the same rows finds, within the reader's workspace, in any order. */

import { countSearchedRuns, listSearchedRuns, type RunSearch } from "@pareidolia/persistence/lab/search/searchRuns";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import type { Position } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { checkSearch, operatorsOf } from "@pareidolia/search/checkSearch";
import type { SearchField } from "@pareidolia/search/fields/field";
import { runFields } from "@pareidolia/search/fields/runFields";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stranger } from "../../support/actors.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { isTouchedIn, sampled } from "../../support/extent/sampled.ts";
import { type Plain, satisfies } from "../../support/satisfies.ts";
import { createSearchedRuns, memberNames, type SearchedRun, searchedRun, searchedRunCount, searchNow } from "../../support/searchedRuns.ts";

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await createSearchedRuns(database);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const reader = { scope: openScope(localWorkspaceId), userId: localUserId };
const elsewhere = { scope: openScope(stranger.workspaceId), userId: stranger.userId };
const all = Array.from({ length: searchedRunCount }, (_, i) => searchedRun(i));
const field = (name: string) => runFields.find(name) as SearchField;

function searchFor(text: string, of = reader): RunSearch {
  const { value, problem } = checkSearch(text, { registry: runFields, now: searchNow });
  expect(problem).toBeUndefined();
  return { reader: of, filter: {}, search: value ?? null };
}

/** Numbers of the runs that match, in ascending order. */
async function find(text: string, of = reader): Promise<number[]> {
  const page = { limit: 100, backward: false, after: null, before: null };
  const { rows } = await listSearchedRuns(database.connection, {
    ...searchFor(text, of),
    order: { field: field("run"), direction: "ASC" },
    page,
  });
  expect(await countSearchedRuns({ connection: database.connection, most: null }, searchFor(text, of))).toBe(rows.length);
  return rows.map(({ node }) => node.number);
}

const numbersOf = (matches: (run: SearchedRun) => boolean, archived = false): number[] =>
  all.filter((run) => (archived || !run.archived) && matches(run)).map(({ run }) => run);

/** What a search compares with: several texts for fields that any of several names match. */
function valuesOf(run: SearchedRun, name: string): Plain[] {
  if (name === "tag") return run.tags.length === 0 ? [null] : run.tags;
  if (name === "experiment") return [run.experiment, run.experimentName];
  if (name === "model") return ["Linear", "linear"];
  const value = run[name as keyof SearchedRun] as Plain;
  if (name === "by" || name === "assignee") return [value === null ? null : (memberNames[String(value)] ?? "Local user")];
  return [value === "" ? null : value];
}

/** Texts of values in a search, with what they mean. */
const samples: Readonly<Record<string, readonly (readonly [string, Plain])[]>> = {
  run: [
    ["RUN-5", 5],
    ["12", 12],
  ],
  name: [
    ['"run alpha 0"', "Run Alpha 0"],
    ["ALPHA", "alpha"],
  ],
  notes: [
    ['"Looks **odd**, 100% sine"', "Looks **odd**, 100% sine"],
    ["100%", "100%"],
  ],
  experiment: [
    ["exp-2", "EXP-2"],
    ['"mnist, two encodings"', "MNIST, two encodings"],
  ],
  state: [
    ["running", "RUNNING"],
    ["finished", "SUCCEEDED"],
  ],
  kind: [["evolution", "evolution"]],
  method: [
    ["cppn", "cppn"],
    ["gradient-ascent", "gradient-ascent"],
  ],
  encoding: [["direct", "direct"]],
  model: [
    ["LINEAR", "linear"],
    ["other", "other"],
  ],
  preset: [["paper", "paper"]],
  seed: [
    ["3", 3],
    ["0", 0],
  ],
  generation: [["100", 100]],
  evaluations: [["70", 70]],
  median: [
    ["0.99", 1 - 10 ** -2],
    ["99.9%", 1 - 10 ** -3],
  ],
  mean: [["0.6", 0.6]],
  best: [["0.999", 1 - 10 ** -3]],
  reached: [["2", 2]],
  results: [
    ["1", 1],
    ["5", 5],
  ],
  measure: [['"classes ≥ .9999"', "classes ≥ .9999"]],
  recognition: [["20%", 0.2]],
  speed: [
    ["2", 2],
    ["10.5", 10.5],
  ],
  waited: [["1800", 1800]],
  computed: [["28", 28]],
  elapsed: [["7200", 7200]],
  by: [['"ada second"', "Ada Second"]],
  assignee: [['"ada second"', "Ada Second"]],
  tag: [
    ["PAPER", "paper"],
    ["draft", "draft"],
  ],
  pinned: [["true", true]],
  archived: [["true", true]],
  locked: [["true", true]],
  worker: [["machine-1", "machine-1"]],
  engine: [['"onnxruntime 1"', "onnxruntime 1"]],
  mutationRate: [
    ["0.1", 0.1],
    [".2", 0.2],
  ],
  pixels: [["8-bit", "8-bit"]],
  randomStart: [["true", true]],
};

interface Compared {
  readonly name: string;
  readonly operator: string;
  readonly text: string;
  readonly compared: readonly Plain[];
}

const allComparisons: readonly Compared[] = Object.entries(samples).flatMap(([name, values]) =>
  operatorsOf[field(name).type].flatMap((operator): Compared[] =>
    operator === "IN"
      ? [
          {
            name,
            operator,
            text: `${name} IN (${values.map(([written]) => written).join(", ")})`,
            compared: values.map(([, value]) => value),
          },
        ]
      : values.map(([written, value]) => ({ name, operator, text: `${name} ${operator} ${written}`, compared: [value] })),
  ),
);

/** A sample has each operator on each type of field, and all if the branch touches their SQL. */
const comparisons = sampled(allComparisons, {
  by: ({ name, operator }) => `${field(name).type} ${operator}`,
  isTouched: isTouchedIn("packages/persistence/src/lab/search"),
});

describe("a search for runs", () => {
  it.each(comparisons)("$text", async ({ name, operator, text, compared }) => {
    const expected = numbersOf((run) => satisfies(valuesOf(run, name), operator, compared), name === "archived");
    expect(await find(text)).toEqual(expected);
    const others = numbersOf((run) => !satisfies(valuesOf(run, name), operator, compared), name === "archived");
    expect(await find(`NOT ${text}`)).toEqual(others);
  });

  it("has a sample of every field, but dates, plans and most parameters", () => {
    const missing = runFields.fields.filter(
      ({ name, type, parameter, plan }) => type !== "date" && parameter === undefined && plan === undefined && !(name in samples),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it.each(["name", "generation", "median", "assignee", "tag", "worker", "engine", "mutationRate", "pixels", "randomStart", "encoding"])(
    "for %s = none finds those without a value",
    async (name) => {
      const missing = numbersOf((run) => valuesOf(run, name)[0] === null);
      expect(missing.length).toBeGreaterThan(0);
      expect(await find(`${name} = none`)).toEqual(missing);
      expect(await find(`${name} != none`)).toEqual(numbersOf((run) => valuesOf(run, name)[0] !== null));
    },
  );

  const midnight = Date.parse("2026-11-25T00:00:00Z");
  const nextMidnight = midnight + 86_400_000;
  it.each([
    ["created = 2026-11-25", (at: number) => at >= midnight && at < nextMidnight],
    ["created != 2026-11-25", (at: number) => !(at >= midnight && at < nextMidnight)],
    ["created < 2026-11-25", (at: number) => at < midnight],
    ["created <= 2026-11-25", (at: number) => at < nextMidnight],
    ["created > 2026-11-25", (at: number) => at >= nextMidnight],
    ["created >= 2026-11-25", (at: number) => at >= midnight],
    ["created > -3d", (at: number) => at > searchNow - 3 * 86_400_000],
    ["created <= -3d", (at: number) => at <= searchNow - 3 * 86_400_000],
    ["created >= 2026-11-25T12:00", (at: number) => at >= midnight + 43_200_000],
    ["created > 2026-11-25T15:00", (at: number) => at > Date.parse("2026-11-25T15:00Z")],
    ["created <= 2026-11-25T15:00", (at: number) => at <= Date.parse("2026-11-25T15:00Z")],
    ["created < 2026-11-25T15:01", (at: number) => at < Date.parse("2026-11-25T15:01Z")],
    ["created = 2026-11-25T15:00", (at: number) => at >= Date.parse("2026-11-25T15:00Z") && at < Date.parse("2026-11-25T15:01Z")],
    ["created > 2026-11-25T15:00:41", (at: number) => at > Date.parse("2026-11-25T15:00:41Z")],
    ["created = 2026-11-25T15:00:41", (at: number) => at === Date.parse("2026-11-25T15:00:41Z")],
    ["created >= 2026-11-25T15:00:41.000Z", (at: number) => at >= Date.parse("2026-11-25T15:00:41Z")],
    ["created > 2026-11-25T15:00:40.999", (at: number) => at > Date.parse("2026-11-25T15:00:40.999Z")],
    ["created = yesterday", (at: number) => at >= Date.parse("2026-11-26") && at < Date.parse("2026-11-27")],
  ])("%s", async (text, matches) => {
    const expected = numbersOf(({ created }) => matches(created));
    expect(expected.length).toBeGreaterThan(0);
    expect(await find(text)).toEqual(expected);
  });

  it("compares the other dates too, and never those that are missing", async () => {
    expect(await find("started < -4d")).toEqual(numbersOf(({ started }) => started !== null && started < searchNow - 4 * 86_400_000));
    expect(await find("ended >= 2026-11-24")).toEqual(numbersOf(({ ended }) => ended !== null && ended >= Date.parse("2026-11-24")));
    expect(await find("ended = none")).toEqual(numbersOf(({ ended }) => ended === null));
    expect(await find("updated > today")).toEqual(numbersOf(({ updated }) => updated >= Date.parse("2026-11-28")));
  });

  it("combines conditions and words", async () => {
    expect(await find("encoding = cppn AND median > 0.99 AND (tag = paper OR by = me) AND started > 2026-11-01")).toEqual(
      numbersOf(
        ({ encoding, median, tags, by, started }) =>
          encoding === "cppn" && (median ?? 0) > 0.99 && (tags.includes("paper") || by === localUserId) && (started ?? 0) > 0,
      ),
    );
    expect(await find("ALPHA OR 100%")).toEqual(numbersOf(({ name, notes }) => name.includes("Alpha") || notes.includes("100%")));
    expect(await find("RUN-24")).toEqual([]);
    expect(await find("RUN-24 archived = true")).toEqual([24]);
    expect(await find('"mnist, two"')).toEqual(numbersOf(({ experiment }) => experiment === "EXP-1"));
    expect(await find("NOT gradient-ascent")).toEqual(numbersOf(({ method }) => method !== "gradient-ascent"));
    expect(await find("50%")).toEqual([]);
    expect(await find('"un_alpha"')).toEqual([]);
  });

  it("finds what `me` made and pinned, and never an archived or trashed run", async () => {
    expect(await find("by = me")).toEqual(numbersOf(({ by }) => by === localUserId));
    expect(await find('by = "me"')).toEqual([]);
    expect(await find("pinned = true")).toEqual(numbersOf(({ pinned }) => pinned));
    expect(await find("")).toEqual(numbersOf(() => true));
    expect(await find("archived = true OR archived = false")).toEqual(numbersOf(() => true, true));
    expect(await find("run = 1000")).toEqual([]);
  });

  it("finds nothing of another workspace, by its people and tags neither", async () => {
    expect(await find("", elsewhere)).toEqual(numbersOf(() => true));
    expect(await find('by = "Ada Second"', elsewhere)).toEqual([]);
    expect(await find("by = stranger")).toEqual([]);
    expect(await find("by = me", elsewhere)).toEqual(numbersOf(() => true));
    await database.connection.runTag.create({ data: { runId: `${stranger.workspaceId} run 1`, tagId: `${localWorkspaceId} paper` } });
    expect(await find("tag = paper", elsewhere)).toEqual(numbersOf(({ tags }) => tags.includes("paper")));
  });

  it("binds every text as a parameter", async () => {
    expect(await find(`name = "' OR 1 = 1 --"`)).toEqual([]);
    expect(await find(`"'; DROP TABLE runs; --" OR seed = 3`)).toEqual(numbersOf(({ seed }) => seed === 3));
    expect(await find('name ~ "\\\\"')).toEqual([]);
  });
});

describe("a searched list", () => {
  const sortable = runFields.fields.filter(
    ({ isSortable, parameter, plan }) => isSortable && parameter === undefined && plan === undefined,
  );

  async function readAll(name: string, direction: "ASC" | "DESC", limit: number): Promise<number[]> {
    const numbers: number[] = [];
    let after: Position | null = null;
    for (let more = true; more; ) {
      const page = { limit, backward: false, after, before: null };
      const found = await listSearchedRuns(database.connection, { ...searchFor(""), order: { field: field(name), direction }, page });
      numbers.push(...found.rows.map(({ node }) => node.number));
      after = found.rows.at(-1)?.position ?? null;
      more = found.hasNextPage;
    }
    return numbers;
  }

  it.each([...sortable.map(({ name }) => name), "mutationRate", "pixels"])(
    "by %s has every run once over its pages, missing values last",
    async (name) => {
      for (const direction of ["ASC", "DESC"] as const) {
        const numbers = await readAll(name, direction, 5);
        expect([...numbers].sort((a, b) => a - b)).toEqual(numbersOf(() => true));
        expect(numbers).toEqual(await readAll(name, direction, 100));
        if (name === "experiment" || name === "model" || name === "by" || name === "assignee" || !field(name).mayBeMissing) continue;
        const missing = numbers.map((number) => valuesOf(all[number - 1] as SearchedRun, name)[0] === null);
        expect(missing).toEqual([...missing].sort((a, b) => Number(a) - Number(b)));
      }
    },
  );

  it.each(["median", "seed", "created", "speed", "waited", "computed", "elapsed"])(
    "by %s is in order, and continues backwards",
    async (name) => {
      const values = (await readAll(name, "DESC", 7))
        .flatMap((number) => valuesOf(all[number - 1] as SearchedRun, name))
        .filter((value) => value !== null);
      expect(values).toEqual([...values].sort((a, b) => Number(b) - Number(a)));
      const list = (page: { backward: boolean; after: Position | null; before: Position | null }) =>
        listSearchedRuns(database.connection, {
          ...searchFor(""),
          order: { field: field(name), direction: "DESC" },
          page: { limit: 6, ...page },
        });
      const first = await list({ backward: false, after: null, before: null });
      const second = await list({ backward: false, after: first.rows.at(-1)?.position ?? null, before: null });
      const back = await list({ backward: true, after: null, before: second.rows[0]?.position ?? null });
      expect(back.rows.map(({ node }) => node.number)).toEqual(first.rows.map(({ node }) => node.number));
    },
  );
});
