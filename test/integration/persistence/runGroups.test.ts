/** Groups have the figures of all their runs, equal to those computed from the rows; values of fields are counted in the workspace. */

import { listRunValues } from "@pareidolia/persistence/lab/search/listValues";
import { countRunGroups, listRunGroups } from "@pareidolia/persistence/lab/search/runGroups";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import type { Position } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { checkSearch } from "@pareidolia/search/checkSearch";
import type { SearchField } from "@pareidolia/search/fields/field";
import { runFields } from "@pareidolia/search/fields/runFields";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stranger } from "../../support/actors.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createSearchedRuns, type SearchedRun, searchedRun, searchedRunCount, searchNow } from "../../support/searchedRuns.ts";

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

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));

describe("groups of runs", () => {
  const grouping = (groupBy: readonly string[], measures: readonly string[]) => ({
    reader,
    filter: {},
    search: null,
    groupBy: groupBy.map(field),
    measures: measures.map(field),
  });
  const page = { limit: 100, backward: false, after: null, before: null };

  it("have the figures of all their runs, equal to those computed from the rows", async () => {
    const { rows, totalCount } = await listRunGroups(database.connection, {
      ...grouping(["experiment", "pixels"], ["median", "evaluations"]),
      order: { sort: { by: "runCount" }, direction: "DESC" },
      page,
    });
    const groups = new Map<string, SearchedRun[]>();
    for (const run of all.filter(({ archived }) => !archived)) {
      const key = JSON.stringify([run.experiment, run.pixels]);
      groups.set(key, [...(groups.get(key) ?? []), run]);
    }
    expect(rows.length).toBe(groups.size);
    expect(totalCount).toBe(groups.size);
    for (const { node } of rows) {
      const runs = groups.get(JSON.stringify(node.keys)) as SearchedRun[];
      const nines = runs.flatMap(({ median }) => (median === null ? [] : [-Math.log10(1 - median)]));
      expect(node).toMatchObject({
        runCount: runs.length,
        endedCount: runs.filter(({ ended }) => ended !== null).length,
        runningCount: runs.filter(({ state }) => state === "RUNNING").length,
        updatedAt: new Date(Math.max(...runs.map(({ updated }) => updated))),
      });
      const reached = node.outcomes.reduce((sum, outcome) => sum + outcome.reached, 0);
      expect(reached).toBe(runs.reduce((sum, run) => sum + run.reached, 0));
      const [medians, evaluations] = node.measures;
      expect(medians?.count).toBe(nines.length);
      if (nines.length > 0) expect(medians?.mean).toBeCloseTo(mean(nines), 9);
      if (nines.length > 1) expect(medians?.deviation).toBeCloseTo(deviation(nines), 9);
      else expect(medians?.deviation).toBeNull();
      expect(medians?.values.length).toBe(nines.length);
      expect(evaluations?.mean).toBeCloseTo(mean(runs.map((run) => run.evaluations)), 9);
      const best = Math.max(...runs.map(({ median }) => median ?? -1));
      const bestRun = all.find((_, i) => `${localWorkspaceId} run ${i}` === node.bestRunId);
      expect(bestRun?.median ?? -1).toBe(best);
      expect(node.tags).toEqual(expect.arrayContaining([...new Set(runs.flatMap(({ tags }) => tags))]));
    }
    expect(await countRunGroups({ connection: database.connection, most: null }, grouping(["experiment", "pixels"], []))).toBe(groups.size);
  });

  it("by a person are of one person each, also of two members with the same name, who are found together or apart", async () => {
    const listed = async () => {
      const order = { sort: { by: "key", index: 0 }, direction: "ASC" } as const;
      const { rows } = await listRunGroups(database.connection, { ...grouping(["by"], []), order, page });
      return rows.map(({ node }) => [node.keys[0], node.runCount]);
    };
    const [[ada, adas], [local, locals]] = (await listed()) as [[string, number], [string, number]];
    expect(ada).toBe("Ada Second");
    const find = async (text: string) => {
      const search = checkSearch(text, { registry: runFields, now: searchNow }).value ?? null;
      return countRunGroups({ connection: database.connection, most: null }, { ...grouping(["run"], []), search });
    };
    await database.connection.user.update({ where: { id: localUserId }, data: { name: "ada second" } });
    const apart = (await listed()) as [string, number][];
    expect(apart.map(([name]) => name.replace(/ \([0-9a-f]{4}\)$/, ""))).toEqual(expect.arrayContaining(["ada second", "Ada Second"]));
    const counts = apart.map(([, count]) => count).toSorted((a, b) => a - b);
    expect(counts).toEqual([adas, locals].toSorted((a, b) => a - b));
    expect(await find('by = "Ada Second"')).toBe(adas + locals);
    for (const [name, count] of apart) expect(await find(`by = "${name}"`), name).toBe(count);
    await database.connection.user.update({ where: { id: localUserId }, data: { name: local } });
  });

  it("are listed page by page, in the order of a mean, with missing means last", async () => {
    const totals = new Set<number | null>();
    const read = async (limit: number) => {
      const seen: (number | null)[] = [];
      let after: Position | null = null;
      for (let more = true; more; ) {
        const found = await listRunGroups(database.connection, {
          ...grouping(["seed", "state"], ["median"]),
          order: { sort: { by: "measure", index: 0 }, direction: "ASC" },
          page: { ...page, limit, after },
        });
        totals.add(found.totalCount);
        seen.push(...found.rows.map(({ node }) => node.measures[0]?.mean ?? null));
        after = found.rows.at(-1)?.position ?? null;
        more = found.hasNextPage;
      }
      return seen;
    };
    const once = await read(100);
    expect(await read(3)).toEqual(once);
    // Each page counts all groups, whatever it shows of them.
    expect([...totals]).toEqual([once.length]);
    const values = once.filter((value) => value !== null);
    expect(once.slice(0, values.length)).toEqual([...values].sort((a, b) => a - b));
    expect(once.length).toBeGreaterThan(values.length);
  });
});

describe("values of a field", () => {
  it("are the most frequent ones of the workspace that contain the text, with counts", async () => {
    const values = (name: string, pattern: string, of = reader) =>
      listRunValues(database.connection, { reader: of, field: field(name), pattern });
    expect(await values("tag", "%pap%")).toEqual([
      { value: "paper", count: all.filter(({ tags }) => tags.includes("paper")).length },
      { value: "paper-figures", count: all.filter(({ tags }) => tags.includes("paper-figures")).length },
    ]);
    expect((await values("by", "%ada%")).map(({ value }) => value)).toEqual(["Ada Second"]);
    expect(await values("by", "%ada%", elsewhere)).toEqual([]);
    expect(await values("notes", "%%")).toEqual([]);
  });
});
