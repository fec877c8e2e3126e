/** Searches by GraphQL: positions of problems, paging by any column, groups with intervals, and who may search. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { VisitorActor } from "@pareidolia/core/actor";
import { studentCriticalValue } from "@pareidolia/perception/numbers/studentDistribution";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticateByHeader, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createSearchedRuns, searchedRun, searchedRunCount } from "../../support/searchedRuns.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateByHeader });
  await createSearchedRuns(api.database);
});
afterAll(() => api.close());

const all = Array.from({ length: searchedRunCount }, (_, i) => searchedRun(i)).filter(({ archived }) => !archived);

/** As the owner of the local workspace. */
const query = (text: string, variables: object = {}) => api.query(text, variables as Record<string, unknown>, localOwner);

async function run(text: string, variables: object = {}) {
  const { body } = await query(text, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

const list = `query($search: String, $orderBy: RunOrder, $after: String) {
  runs(first: 7, search: $search, orderBy: $orderBy, after: $after) { nodes { key } pageInfo { hasNextPage endCursor } totalCount } }`;

describe("runs(search:)", () => {
  it("reports a problem with its position and a hint", async () => {
    const { body, status } = await query(list, { search: "NOT medain > 0.9" });
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: "Unknown field `medain`. Did you mean `median`?",
      extensions: { code: "INVALID_INPUT", field: "search", position: { from: 4, to: 10 }, hint: "Did you mean `median`?" },
    });
  });

  it.each([
    [{ search: "a\0" }, "search"],
    [{ search: "a".repeat(1001) }, "search"],
    [{ orderBy: { column: "medain", direction: "ASC" } }, "orderBy.column"],
    [{ orderBy: { direction: "ASC" } }, "orderBy"],
    [{ orderBy: { column: "seed", field: "CREATED_AT", direction: "ASC" } }, "orderBy"],
    [{ orderBy: { column: "notes", direction: "ASC" } }, "orderBy.column"],
    [{ orderBy: { column: "seed", direction: "ASC" }, after: "nonsense" }, "after"],
  ])("refuses %j", async (variables, field) => {
    const { body } = await query(list, variables);
    expect(body.errors[0].extensions).toMatchObject({ code: "INVALID_INPUT", field });
  });

  it("pages through equal and missing values, and counts all", async () => {
    for (const column of ["seed", "median", "assignee"]) {
      const keys: string[] = [];
      let after: string | null = null;
      for (let more = true; more; ) {
        const { runs } = await run(list, { search: "", orderBy: { column, direction: "DESC" }, after });
        keys.push(...runs.nodes.map(({ key }: { key: string }) => key));
        expect(runs.totalCount).toBe(all.length);
        after = runs.pageInfo.endCursor;
        more = runs.pageInfo.hasNextPage;
      }
      expect([...keys].sort()).toEqual(all.map(({ run: number }) => `RUN-${number}`).sort());
    }
  });

  it("finds archived runs if the search says so", async () => {
    const { runs } = await run(`{ runs(search: "archived = true") { totalCount nodes { archivedAt } } }`);
    expect(runs.totalCount).toBe(searchedRunCount - all.length);
    for (const { archivedAt } of runs.nodes) expect(archivedAt).not.toBeNull();
  });

  it("counts all for a page without rows, and says whether there are any", async () => {
    for (const noun of ["runs", "experiments"])
      for (const [search, most] of [
        ["", 60],
        ["name = nothing", 0],
      ] as const) {
        const shown = `totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor }`;
        const found = await run(
          `query($search: String) {
          none: ${noun}(first: 0, search: $search) { ${shown} } all: ${noun}(first: ${most === 0 ? 1 : most}, search: $search) { exact: totalCount(exact: true) ${shown} } }`,
          { search },
        );
        const { none, all: whole } = found;
        expect(none).toEqual({
          totalCount: whole.nodes.length,
          nodes: [],
          pageInfo: { hasNextPage: most > 0, hasPreviousPage: false, endCursor: null },
        });
        expect(whole).toMatchObject({ totalCount: whole.nodes.length, exact: whole.nodes.length });
        expect(whole.pageInfo.hasNextPage).toBe(false);
      }
  });

  it("does not take a cursor of another order", async () => {
    const { runs } = await run(list, { search: "", orderBy: { column: "seed", direction: "DESC" } });
    const { body } = await query(list, { search: "", orderBy: { column: "median", direction: "DESC" }, after: runs.pageInfo.endCursor });
    expect(body.errors[0].extensions).toMatchObject({ code: "INVALID_INPUT", field: "after" });
  });

  it("finds runs of one experiment", async () => {
    const { runs } = await run(`{ runs(search: "seed = 0", filter: { experimentId: "EXP-1" }) { nodes { key } } }`);
    const expected = all.filter(({ seed, experiment }) => seed === 0 && experiment === "EXP-1");
    expect(runs.nodes.map(({ key }: { key: string }) => key).sort()).toEqual(expected.map(({ run: number }) => `RUN-${number}`).sort());
  });

  it("is for members only, each in their own workspace", async () => {
    const visitor: VisitorActor = { userId: null, workspaceId: null, role: "VISITOR" };
    await api.database.connection.experiment.update({
      where: { id: `${localWorkspaceId} experiment 1` },
      data: { visibility: "PUBLIC", publishedAt: new Date() },
    });
    const id = encodeGlobalId("Experiment", `${localWorkspaceId} experiment 1`);
    const searched = `query($id: ID) { runs(search: "by = me", filter: { experimentId: $id }) { totalCount } }`;
    const { body } = await api.query(searched, { id }, visitor);
    expect(body.errors[0].extensions.code).toBe("UNAUTHENTICATED");
    const elsewhere = await api.query(`{ runs(search: "assignee != none OR by = \\"Ada Second\\"") { totalCount } }`, {}, stranger);
    expect(elsewhere.body.data.runs.totalCount).toBe(all.filter(({ assignee }) => assignee !== null).length);
  });
});

it("has one order by a field, with a search and without", async () => {
  for (const direction of ["ASC", "DESC"]) {
    const byField = { orderBy: { field: "CREATED_AT", direction } };
    const byColumn = { orderBy: { column: "created", direction }, search: "" };
    const keysOf = async (variables: object) => (await run(list, variables)).runs.nodes.map(({ key }: { key: string }) => key);
    expect(await keysOf({ ...byField, search: "" })).toEqual(await keysOf(byColumn));
  }
});

describe("experiments(search:)", () => {
  const find = async (search: string) => {
    const { experiments } = await run(
      `query($search: String) { experiments(search: $search, orderBy: { column: "name", direction: ASC }) { nodes { key } } }`,
      {
        search,
      },
    );
    return experiments.nodes.map(({ key }: { key: string }) => key);
  };

  it.each([
    ["", ["EXP-1", "EXP-2"]],
    ["mnist", ["EXP-1"]],
    ["EXP-2", ["EXP-2"]],
    ["runs >= 12", ["EXP-1", "EXP-2"]],
    ["encoding = cppn", ["EXP-1"]],
    ["model = linear AND NOT encoding = cppn", ["EXP-2"]],
    ["state = running", ["EXP-2"]],
    ["by = me", ["EXP-1", "EXP-2"]],
    ["tag = none AND pinned = false AND archived = false", ["EXP-1", "EXP-2"]],
    ["experiment IN (EXP-1, 7)", ["EXP-1"]],
    ["assignee = me OR visibility = unlisted", []],
  ])("%s", async (search, keys) => {
    expect(await find(search)).toEqual(keys);
  });

  it("has its own fields", async () => {
    const { body } = await query(`{ experiments(search: "median > 0.9") { totalCount } }`);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining("Unknown field `median`."),
      extensions: { position: { from: 0, to: 6 } },
    });
  });
});

describe("runGroups", () => {
  const groups = `query($groupBy: [String!]!, $measures: [String!]!, $search: String) {
    runGroups(first: 50, groupBy: $groupBy, measures: $measures, search: $search, orderBy: { column: "preset", direction: ASC }) {
      totalCount nodes { search runCount keys { column value label } measures { column isInNines count mean deviation low high values } bestRun { key } } } }`;

  it("has the interval of Student's t over all runs of a group, which its search finds", async () => {
    const { runGroups } = await run(groups, { groupBy: ["preset"], measures: ["evaluations", "median"] });
    expect(runGroups.nodes.map(({ keys }: { keys: { value: string }[] }) => keys[0]?.value)).toEqual(["normalised", "paper"]);
    for (const group of runGroups.nodes) {
      const runs = all.filter(({ preset }) => preset === group.keys[0].value);
      const values = runs.map(({ evaluations }) => evaluations);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
      const half = studentCriticalValue(0.95, values.length - 1) * Math.sqrt(variance / values.length);
      expect(group.runCount).toBe(runs.length);
      expect(group.measures[0]).toMatchObject({ column: "evaluations", isInNines: false, count: runs.length });
      expect(group.measures[0].mean).toBeCloseTo(mean, 9);
      expect(group.measures[0].low).toBeCloseTo(mean - half, 9);
      expect(group.measures[0].high).toBeCloseTo(mean + half, 9);
      expect(group.measures[1].isInNines).toBe(true);
      const found = await run(list, { search: group.search });
      expect(found.runs.totalCount).toBe(runs.length);
    }
  });

  it("finds the runs of every group by its search, without a value too", async () => {
    const { runGroups } = await run(groups, { groupBy: ["preset", "pixels", "assignee", "randomStart"], measures: ["median"] });
    let sum = 0;
    for (const { search, runCount } of runGroups.nodes) {
      expect((await run(list, { search })).runs.totalCount).toBe(runCount);
      sum += runCount;
    }
    expect(sum).toBe(all.length);
  });

  it("does not change with the page that is listed", async () => {
    const page = async (args: string) =>
      (
        await run(
          `{ runGroups(${args}, groupBy: ["seed"], orderBy: { column: "seed", direction: ASC }) { nodes { search measures { mean deviation } } pageInfo { endCursor } } }`,
        )
      ).runGroups;
    const whole = await page("first: 50");
    const first = await page("first: 2");
    const second = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...second.nodes]).toEqual(whole.nodes.slice(0, 4));
  });

  it.each([
    [{ groupBy: [], measures: [] }, "groupBy"],
    [{ groupBy: ["created"], measures: [] }, "groupBy.0"],
    [{ groupBy: ["preset"], measures: ["state"] }, "measures.0"],
    [{ groupBy: ["preset", "seed", "state", "kind", "model"], measures: [] }, "groupBy"],
  ])("refuses %j", async (variables, field) => {
    const { body } = await query(groups, variables);
    expect(body.errors[0].extensions).toMatchObject({ code: "INVALID_INPUT", field });
  });
});

describe("cells", () => {
  it("are what a run has in any columns", async () => {
    const columns = ["run", "state", "tag", "median", "mutationRate", "by", "notes", "pinned", "created", "engine"];
    const { runs } = await run(`query($columns: [String!]!) { runs(first: 50, search: "") { nodes { key cells(columns: $columns) } } }`, {
      columns,
    });
    for (const { key, cells } of runs.nodes) {
      const row = searchedRun(Number(key.slice(4)) - 1);
      const by = row.by === localUserId ? cells[5] : "Ada Second";
      const [created] = [new Date(cells[8]).getTime()];
      expect([...cells.slice(0, 8), created, cells[9]]).toEqual([
        row.run,
        row.state,
        [...row.tags].sort(),
        row.median,
        row.mutationRate,
        by,
        row.notes,
        row.pinned,
        row.created,
        row.engine,
      ]);
    }
  });
});

describe("searchFields and searchValues", () => {
  it("list fields with their operators, and values with their counts", async () => {
    const { searchFields, searchValues } = await run(
      `{ searchFields { name kind operators } searchValues(field: "tag", text: "pap") { value count } }`,
    );
    expect(searchFields).toContainEqual({ name: "mutationRate", kind: "NUMBER", operators: ["=", "!=", "<", "<=", ">", ">=", "IN"] });
    expect(searchValues.map(({ value }: { value: string }) => value)).toEqual(["paper", "paper-figures"]);
  });

  it("lists values of experiments, also where one has several", async () => {
    const { connection } = api.database;
    await connection.experimentTag.create({
      data: { experimentId: `${localWorkspaceId} experiment 2`, tagId: `${localWorkspaceId} paper` },
    });
    const { encoding, tag, by } = await run(`{
      encoding: searchValues(of: EXPERIMENTS, field: "encoding") { value count }
      tag: searchValues(of: EXPERIMENTS, field: "tag", text: "pap") { value written count }
      by: searchValues(of: EXPERIMENTS, field: "by") { written count } }`);
    expect(encoding).toEqual([
      { value: "cppn", count: 1 },
      { value: "direct", count: 1 },
    ]);
    expect(tag).toEqual([
      { value: "paper", written: "paper", count: 1 },
      { value: "paper-figures", written: "paper-figures", count: 0 },
    ]);
    expect(by).toEqual([{ written: "You", count: 2 }]);
  });
});
