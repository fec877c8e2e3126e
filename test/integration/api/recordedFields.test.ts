/** Parameters and metrics of imported runs are found, listed, sorted, grouped and suggested by their names, within one workspace. */
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticateByHeader, createStranger, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createImportedRuns, mixedRuns } from "../../support/importedRuns.ts";
import { testModel } from "../../support/runs.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateByHeader });
  const { connection } = api.database;
  await seedLocalOwner(connection);
  await createStranger(api.database);
  await seedModels(connection, [testModel]);
  const { id: modelId } = await connection.model.findFirstOrThrow({ where: { slug: testModel.id } });
  for (const [workspaceId, userId] of [
    [localWorkspaceId, localUserId],
    [stranger.workspaceId, stranger.userId],
  ] as const) {
    const experimentId = `experiment of ${workspaceId}`;
    await connection.experiment.create({ data: { id: experimentId, workspaceId, createdById: userId, number: 1, name: "Imported" } });
    await createImportedRuns(connection, { workspaceId, userId, modelId, experimentId });
    const isOwn = workspaceId === localWorkspaceId;
    await connection.run.create({
      data: {
        id: `native of ${workspaceId}`,
        workspaceId,
        experimentId,
        createdById: userId,
        modelId,
        number: 8,
        kind: "evolution",
        preset: "paper",
        parameters: { mutationRate: 0.3, [isOwn ? "formerRate" : "secretRate"]: 7 },
        plan: { encoding: "cppn", generations: 10, offspring: 2 },
        seed: 1,
      },
    });
  }
});
afterAll(() => api.close());

const query = (text: string, variables: object = {}, actor = localOwner) => api.query(text, variables as Record<string, unknown>, actor);

async function run(text: string, variables: object = {}, actor = localOwner) {
  const { body } = await query(text, variables, actor);
  expect(body.errors).toBeUndefined();
  return body.data;
}

const list = `query($search: String, $orderBy: RunOrder, $after: String, $first: Int = 50) {
  runs(first: $first, search: $search, orderBy: $orderBy, after: $after) { nodes { key } pageInfo { hasNextPage endCursor } totalCount } }`;
const byNumber = { column: "run", direction: "ASC" };

async function find(search: string, actor = localOwner): Promise<number[]> {
  const { runs } = await run(list, { search, orderBy: byNumber }, actor);
  expect(runs.totalCount).toBe(runs.nodes.length);
  return runs.nodes.map(({ key }: { key: string }) => Number(key.slice("RUN-".length)));
}

describe("a search for a parameter or metric", () => {
  it.each([
    ["param.lr = 0.1", [1]],
    ["PARAM.lr = 10%", [1]],
    ['param.lr = "0.1"', [4]],
    ["param.lr < 0.1", [2]],
    ["param.lr <= 0.1", [1, 2]],
    ["param.lr > 0.01", [1]],
    ["param.lr >= 0.01", [1, 2]],
    ["param.lr = ADAPTIVE", [3]],
    ["param.lr ~ dapt", [3]],
    ["param.lr ~ 0.1", [4]],
    ["param.lr = true", [5]],
    ["param.augment = false", [2]],
    ["param.augment = true", [1]],
    ['param.augment = "true"', [3]],
    ["param.lr = none", [6, 7, 8]],
    ["param.lr != none", [1, 2, 3, 4, 5]],
    ["param.lr != 0.1", [2, 3, 4, 5, 6, 7, 8]],
    ["NOT param.lr < 1", [3, 4, 5, 6, 7, 8]],
    ["param.lr IN (0.1, adaptive, true, none)", [1, 3, 5, 6, 7, 8]],
    ['param.optimizer = "none"', [5]],
    ["param.optimizer = adam", [1, 4]],
    ["param.LR = 5", [4]],
    ["param.seed = 3 AND seed = 0", [6]],
    ['"param.learning rate" >= 2', [2]],
    ['"param.a,\\"b\\"" = X', [4]],
    ["metric.accuracy > 0.6", [1, 4]],
    ["metric.accuracy IN (0.5, 0.2)", [2, 6]],
    ['"metric.val loss" < 1', [1]],
    ["metric.accuracy = none", [3, 5, 7, 8]],
    ["param.formerRate = 7 OR mutationRate = 0.3", [8]],
    ["param.mutationRate = 0.3", [8]],
  ])("%s", async (search, numbers) => {
    expect(await find(search)).toEqual(numbers);
  });

  it.each([
    ["kind = imported AND param.lrr = 1", 20, 29, "No run has the parameter `lrr`.", "Did you mean `param.lr`?"],
    ["metric.acuracy > 0.5", 0, 14, "No run has the metric `acuracy`.", "Did you mean `metric.accuracy`?"],
    ['"param.learning rat" = 1', 0, 20, "No run has the parameter `learning rat`.", 'Did you mean `"param.learning rate"`?'],
    ["param.mutationrate = 1", 0, 18, "No run has the parameter `mutationrate`.", "Did you mean `param.mutationRate`?"],
    ["metric.lr = 1", 0, 9, "No run has the metric `lr`.", /./],
    ["param.secretRate = 7", 0, 16, "No run has the parameter `secretRate`.", /^(?!.*secretRate`\?)/],
    ["lr = 1", 0, 2, "Unknown field `lr`.", /`param.lr`/],
    ["param.lr < adaptive", 11, 19, "Expected a number after `<`.", "Write one such as 0.99 or 1e-3, or `param.lr = adaptive`."],
  ])("refuses %s at its characters", async (search, from, to, message, hint) => {
    const { body } = await query(list, { search });
    const [{ extensions, message: said }] = body.errors;
    expect(extensions).toMatchObject({ code: "INVALID_INPUT", field: "search", position: { from, to } });
    expect(said).toBe(`${message} ${extensions.hint}`);
    const { searchProblem } = await run(`query($search: String!) { searchProblem(search: $search) { from to message hint } }`, { search });
    expect(searchProblem).toEqual({ from, to, message, hint: extensions.hint });
    expect(extensions.hint).toMatch(hint);
    const groups = `query($search: String) { runGroups(groupBy: ["seed"], search: $search) { totalCount } }`;
    expect((await query(groups, { search })).body.errors[0].extensions).toMatchObject({ field: "search", position: { from, to } });
  });

  it("has no problem if runs have its names, and experiments have their own", async () => {
    const { fine, stored, ofExperiments } = await run(`{
      fine: searchProblem(search: "param.lr > 1 OR x") { message }
      stored: searchProblem(search: "") { message }
      ofExperiments: searchProblem(of: EXPERIMENTS, search: "param.lr > 1") { message } }`);
    expect([fine, stored]).toEqual([null, null]);
    expect(ofExperiments.message).toBe("Unknown field `param.lr`.");
  });

  it("finds the runs of the reader's workspace alone", async () => {
    expect(await find("param.secretRate = 7", stranger)).toEqual([8]);
    expect(await find("param.lr = 0.1", stranger)).toEqual([1]);
    const names = async (actor: typeof localOwner) =>
      (await run("{ recordedFields { name } }", {}, actor)).recordedFields.map(({ name }: { name: string }) => name);
    expect(await names(localOwner)).not.toContain("param.secretRate");
    expect(await names(stranger)).toContain("param.secretRate");
  });
});

describe("recordedFields", () => {
  it("lists what runs have and no other field is, most frequent first", async () => {
    const { recordedFields } = await run(`{ recordedFields { name label kind operators runCount isSortable isGroupable } }`);
    expect(recordedFields.map(({ name, runCount }: { name: string; runCount: number }) => [name, runCount])).toEqual([
      ["param.lr", 6],
      ["param.optimizer", 5],
      ["metric.accuracy", 4],
      ["param.augment", 3],
      ["param.learning rate", 2],
      ["param.LR", 1],
      ['param.a,"b"', 1],
      ["param.formerRate", 1],
      ["param.seed", 1],
      ["metric.val loss", 1],
    ]);
    expect(recordedFields[0]).toMatchObject({ label: "lr", kind: "MIXED", isSortable: true, isGroupable: true });
    expect(recordedFields[2]).toMatchObject({ label: "accuracy", kind: "NUMBER" });
  });

  it("finds names that contain a text, whatever it means in a pattern", async () => {
    const names = async (text: string) =>
      (await run(`query($text: String!) { recordedFields(text: $text) { name } }`, { text })).recordedFields.map(
        ({ name }: { name: string }) => name,
      );
    expect(await names("metric.")).toEqual(["metric.accuracy", "metric.val loss"]);
    expect(await names("LR")).toEqual(["param.lr", "param.LR"]);
    expect(await names('"')).toEqual(['param.a,"b"']);
    expect(await names("_")).toEqual([]);
  });
});

describe("searchValues", () => {
  it("lists the values of a parameter as a search has them", async () => {
    const { searchValues } = await run(`{ searchValues(field: "param.lr") { value written count } }`);
    const written = searchValues.map((each: { written: string }) => each.written);
    expect(new Set(written)).toEqual(new Set(['"0.1"', "0.01", "0.1", "adaptive", "true"]));
    for (const each of written) expect(await find(`param.lr = ${each}`)).toHaveLength(1);
  });

  it("of experiments lists their values, not those of runs", async () => {
    const { model, name, state } = await run(`{
      model: searchValues(of: EXPERIMENTS, field: "model") { value count }
      name: searchValues(of: EXPERIMENTS, field: "name") { value count }
      state: searchValues(of: EXPERIMENTS, field: "state") { value count } }`);
    expect(model).toEqual([{ value: testModel.name, count: 1 }]);
    expect(name).toEqual([{ value: "Imported", count: 1 }]);
    expect(state).toEqual([{ value: "queued", count: 1 }]);
    const { body } = await query(`{ searchValues(of: EXPERIMENTS, field: "param.lr") { value } }`);
    expect(body.errors[0].extensions).toMatchObject({ code: "INVALID_INPUT", field: "field" });
  });
});

describe("the table", () => {
  it.each([
    ["ASC", [2, 1, 4, 3, 5]],
    ["DESC", [1, 2, 5, 3, 4]],
  ])("sorts a parameter %s by numbers, then texts, then runs without it", async (direction, ordered) => {
    const numbers: number[] = [];
    let after: string | null = null;
    do {
      const { runs }: { runs: { nodes: { key: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await run(list, {
        search: "",
        orderBy: { column: "param.lr", direction },
        after,
        first: 2,
      });
      numbers.push(...runs.nodes.map(({ key }) => Number(key.slice("RUN-".length))));
      after = runs.pageInfo.hasNextPage ? runs.pageInfo.endCursor : null;
    } while (after !== null);
    expect(numbers.slice(0, 5)).toEqual(ordered);
    expect(numbers.slice(5).toSorted((a, b) => a - b)).toEqual([6, 7, 8]);
  });

  it("pages by long texts", async () => {
    const { connection } = api.database;
    const id = `${localWorkspaceId} imported 7`;
    await connection.run.update({ where: { id }, data: { parameters: { note: "é".repeat(2_000) } } });
    const orderBy = { column: "param.note", direction: "ASC" };
    const first = await run(list, { search: "", orderBy, first: 1 });
    expect(first.runs.nodes).toEqual([{ key: "RUN-7" }]);
    const { runs } = await run(list, { search: "", orderBy, after: first.runs.pageInfo.endCursor });
    expect(runs.nodes).toHaveLength(7);
    await connection.run.update({ where: { id }, data: { parameters: {} } });
  });

  it("has cells of each type, and of names with commas apart", async () => {
    const columns = ["param.lr", "metric.accuracy", 'param.a,"b"', "param.augment"];
    const { runs } = await run(
      `query($columns: [String!]!) { runs(search: "kind = imported", orderBy: { column: "run", direction: ASC }) {
        nodes { cells(columns: $columns) two: cells(columns: ["param.lr", "param.augment"]) one: cells(columns: ["param.lr,param.augment"]) } } }`,
      { columns },
    );
    expect(runs.nodes.map(({ cells }: { cells: unknown[] }) => cells)).toEqual(
      mixedRuns.map(({ parameters, metrics }) => [
        parameters["lr"] === "" ? null : (parameters["lr"] ?? null),
        metrics["accuracy"] ?? null,
        parameters['a,"b"'] ?? null,
        parameters["augment"] ?? null,
      ]),
    );
    expect(runs.nodes[0]).toMatchObject({ two: [0.1, true], one: [null] });
  });

  it("groups by a parameter, and averages the numbers of others", async () => {
    const { runGroups } = await run(
      `query { runGroups(groupBy: ["param.lr"], measures: ["metric.accuracy", "param.learning rate"],
        orderBy: { column: "param.lr", direction: ASC }) { nodes { search runCount keys { column value label } measures { count mean } } } }`,
    );
    expect(runGroups.nodes.map(({ keys }: { keys: { value: unknown }[] }) => keys[0]?.value)).toEqual([
      0.01,
      0.1,
      "0.1",
      "adaptive",
      true,
      null,
    ]);
    expect(runGroups.nodes[0].measures).toEqual([
      { count: 1, mean: 0.5 },
      { count: 1, mean: 2 },
    ]);
    expect(runGroups.nodes[2].search).toBe('param.lr = "0.1"');
    for (const { search, runCount } of runGroups.nodes) expect(await find(search)).toHaveLength(runCount);
  });

  it("compares parameters by their names, apart from settings of the same name", async () => {
    const { runComparison } = await run(
      `{ runComparison(entries: [{ runIds: ["RUN-6"] }, { runIds: ["RUN-4"] }]) { parameters { name label differs values { values } } } }`,
    );
    const found = new Map(runComparison.parameters.map((each: { name: string }) => [each.name, each]));
    const values = (...each: unknown[]) => each.map((value) => ({ values: [value] }));
    expect(found.get("param.seed")).toEqual({ name: "param.seed", label: "param.seed", differs: true, values: values(3, null) });
    expect(found.get("seed")).toMatchObject({ differs: false, values: values(0, 0) });
    expect(found.get("LR")).toEqual({ name: "LR", label: "LR", differs: true, values: values(null, 5) });
  });

  it("is kept in a view with its columns", async () => {
    const state = {
      search: '"param.learning rate" > 1',
      columns: ["param.lr", 'param.a,"b"'],
      groupBy: ["metric.accuracy"],
      sort: "-param.learning rate",
    };
    const { createView } = await run(
      `mutation($input: CreateViewInput!) { createView(input: $input) { ... on ViewSuccess { view { search columns groupBy sort problem { message } } } } }`,
      { input: { list: "RUNS", name: "Rates", state } },
    );
    expect(createView.view).toEqual({ ...state, problem: null });
  });
});
