/** Random searches over an ascent's parameters by GraphQL, over real HTTP and Postgres: starting, reading and ranking. */
import "@pareidolia/api/schema";
import { ConfigurationService } from "@pareidolia/api/configuration/configuration.service";
import { searchSpace } from "@pareidolia/ascent/searchSpace";
import type { MemberActor } from "@pareidolia/core/actor";
import { findRuns } from "@pareidolia/persistence/lab/runs/readRuns";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { localOwner, stranger } from "../../support/actors.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { seedAscent } from "../../support/queuedRuns.ts";

let api: MutationApi;
let preset: string;
beforeAll(async () => {
  api = await startMutationApi();
  preset = await api.presetOf();
});
afterAll(() => api.close());

const allNames = searchSpace.map(({ name }) => name);
const searchInput = (search: object | null = { configurations: 4, parameters: ["blurSigma", "decay"] }) => ({
  experimentId: "EXP-1",
  modelId: api.modelId,
  preset,
  parameters: { iterations: 6, updateRule: "adam", stepSize: 20 },
  classes: [1, 4],
  starts: 2,
  seed: 3,
  search,
});

const fields = `index rank parameters stored ended foolingCount medianFoolingStep median`;

async function readConfigurations(key: string, args = "", more = "") {
  const { body } = await api.query(`{ node(id: "${key}") { ... on AscentRun { configurations${args} { ${fields} ${more} } } } }`);
  expect(body.errors).toBeUndefined();
  return body.data.node.configurations;
}

async function planOf(key: string) {
  const { plan } = await api.database.connection.run.findUniqueOrThrow({ where: { id: await api.runIdOf(key) } });
  return plan as { searched: string[]; configurations: Record<string, unknown>[] };
}

describe("a search space", () => {
  it("is listed for every method with its weights, and is empty except for the ascent", async () => {
    const { body } = await api.query(`{ ascents { id searchSpace { name choices { value weight } } parameters { name } }
      attacks { searchSpace { name } } chainRecipes { searchSpace { name } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.ascents[0].searchSpace).toEqual(searchSpace);
    for (const { searchSpace: space } of [...body.data.attacks, ...body.data.chainRecipes]) expect(space).toEqual([]);
  });
});

describe("a random search", () => {
  it("draws its configurations when it starts, and returns them before anything is stored", async () => {
    const { run } = await api.mutate("startAscent", searchInput());
    expect(run).toMatchObject({ kind: "ascent", classes: [1, 4], starts: 2, state: "QUEUED" });
    expect(await api.lastJobs()).toEqual(["carryOutRun"]);
    const { searched, configurations } = await planOf(run.key);
    expect(searched).toEqual(["decay", "blurSigma"]);
    expect(configurations).toHaveLength(4);
    for (const parameters of configurations) expect(parameters).toMatchObject({ iterations: 6, updateRule: "adam", stepSize: 20 });
    const loaded = await readConfigurations(run.key, "", "trajectories { id }");
    expect(loaded).toEqual(
      configurations.map(({ decay, blurSigma }, index) => ({
        index,
        rank: index + 1,
        parameters: { decay, blurSigma },
        stored: 0,
        ended: 0,
        foolingCount: 0,
        medianFoolingStep: null,
        median: null,
        trajectories: [],
      })),
    );
    const { body } = await api.query(`{ node(id: "${run.key}") { ... on Run { totalEvaluations progress parameters } } }`);
    expect(body.data.node).toMatchObject({ totalEvaluations: 4 * 2 * 2 * 6, progress: 0, parameters: { iterations: 6, decay: 0 } });
  });

  it("draws every parameter by default, from seed and number alone, and sums the drawn iterations", async () => {
    const { run } = await api.mutate("startAscent", searchInput({ configurations: 3 }));
    const more = (await api.mutate("startAscent", searchInput({ configurations: 5 }))).run;
    const some = (await api.mutate("startAscent", searchInput({ configurations: 5, parameters: ["iterations"] }))).run;
    const [first, longer, single] = await Promise.all([planOf(run.key), planOf(more.key), planOf(some.key)]);
    expect(first.searched).toEqual(allNames);
    expect(longer.configurations.slice(0, 3)).toEqual(first.configurations);
    expect(single.configurations.map(({ iterations }) => iterations)).toEqual(longer.configurations.map(({ iterations }) => iterations));
    expect(Object.keys((await readConfigurations(run.key))[0].parameters)).toEqual(allNames);
    const { body } = await api.query(`{ node(id: "${run.key}") { ... on Run { totalEvaluations } } }`);
    expect(body.data.node.totalEvaluations).toBe(4 * first.configurations.reduce((sum, { iterations }) => sum + Number(iterations), 0));
  });

  it("is started once per idempotency key, and the key is refused for another search", async () => {
    const keyed = (parameters: readonly string[]) => ({ ...searchInput({ configurations: 2, parameters }), idempotencyKey: "s" });
    const { run } = await api.mutate("startAscent", keyed(["decay", "blurSigma"]));
    expect((await api.mutate("startAscent", keyed(["decay", "blurSigma"]))).run.key).toBe(run.key);
    expect((await api.mutate("startAscent", keyed(["blurSigma"]))).__typename).toBe("ConflictError");
  });

  it("is listed with its method, its number of trajectories and the most confident trajectory of each class", async () => {
    const { run } = await api.mutate("startAscent", searchInput());
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    const { body } = await api.query(`{ node(id: "${run.key}") { ... on AscentRun { name nicheCount foolingCount
      best: bestTrajectories { class storedConfidence image { url } } one: bestTrajectories(first: 1) { class storedConfidence }
      trajectories(first: 100) { nodes { class storedConfidence } } } } }`);
    expect(body.errors).toBeUndefined();
    const { name, nicheCount, best, one, trajectories } = body.data.node;
    expect(name).toMatch(/ against Linear, random search$/);
    expect(nicheCount).toBe(4 * 2 * 2);
    type Row = { readonly class: number; readonly storedConfidence: number };
    const topConfidenceOf = (target: number) =>
      Math.max(...trajectories.nodes.filter((row: Row) => row.class === target).map((row: Row) => row.storedConfidence));
    expect(best.map((row: Row) => row.storedConfidence)).toEqual([topConfidenceOf(1), topConfidenceOf(4)].sort((a, b) => b - a));
    expect(best.map((row: Row) => row.class).sort()).toEqual([1, 4]);
    expect(one).toEqual([{ class: best[0].class, storedConfidence: best[0].storedConfidence }]);
    const { key: single } = (await api.mutate("startAscent", searchInput(null))).run;
    const listed = await api.query('{ runs(first: 100, search: "configurations > 0") { nodes { key name } } }');
    const keys: string[] = listed.body.data.runs.nodes.map(({ key }: { key: string }) => key);
    expect([keys.includes(run.key), keys.includes(single)]).toEqual([true, false]);
    const none = await api.query(`{ node(id: "${run.key}") { ... on AscentRun { bestTrajectories(first: 21) { id } } } }`);
    expect(none.body.errors[0].message).toBe('"first" must be from 1 to 20.');
  });

  it("ranks its configurations by stored results, with their trajectories, and pages through all trajectories", async () => {
    const { run } = await api.mutate("startAscent", searchInput());
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    const all = await readConfigurations(run.key, "", "trajectories { class start configuration ended storedConfidence image { url } }");
    expect(all.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2, 3]);
    expect(all.map(({ rank }: { rank: number }) => rank).sort()).toEqual([1, 2, 3, 4]);
    for (const { index, stored, ended, median, trajectories } of all) {
      expect([stored, ended]).toEqual([4, 4]);
      const places = trajectories.map((one: Record<string, unknown>) => [one["configuration"], one["class"], one["start"], one["ended"]]);
      expect(places).toEqual([0, 1].flatMap((start) => [1, 4].map((target) => [index, target, start, true])));
      const confidences: number[] = trajectories
        .map((one: { storedConfidence: number }) => one.storedConfidence)
        .sort((a: number, b: number) => a - b);
      expect(median).toBeCloseTo(((confidences[1] as number) + (confidences[2] as number)) / 2, 12);
      expect((await fetch(api.url + trajectories[0].image.url)).status).toBe(200);
    }
    const some = await readConfigurations(run.key, "(indexes: [3, 1, 1, 99])", "trajectories(first: 2) { class start }");
    const everyClassOnce = [1, 4].map((target) => ({ class: target, start: 0 }));
    expect(some).toEqual([all[1], all[3]].map((one) => ({ ...one, trajectories: everyClassOnce })));
    expect(await readConfigurations(run.key, "(indexes: [])")).toEqual([]);

    const page = async (args: string) =>
      (
        await api.query(`{ node(id: "${run.key}") { ... on AscentRun { trajectories(${args}) { totalCount pageInfo { endCursor hasNextPage }
          nodes { configuration class start curve { step } milestones { level } } } } } }`)
      ).body.data.node.trajectories;
    const nodes: { configuration: number; class: number; start: number; curve: object[] }[] = [];
    for (let after = "", going = true; going; ) {
      const { pageInfo, nodes: rows } = await page(`first: 3${after}`);
      nodes.push(...rows);
      after = `, after: "${pageInfo.endCursor}"`;
      going = pageInfo.hasNextPage;
    }
    expect(nodes.map((one) => [one.configuration, one.class, one.start])).toEqual(
      [0, 1, 2, 3].flatMap((configuration) => [1, 4].flatMap((target) => [0, 1].map((start) => [configuration, target, start]))),
    );
    expect(nodes.every(({ curve }) => curve.length > 0)).toBe(true);
    const chosen = await page("configurations: [2, 0], classes: [4]");
    expect(chosen.totalCount).toBe(4);
    expect(chosen.nodes.map((one: { configuration: number }) => one.configuration)).toEqual([0, 0, 2, 2]);
  });

  it("counts trajectories that reached .9999 at any step, even if their last image is less confident", async () => {
    const runId = await seedAscent(api.database, {
      search: [{ iterations: 3 }, { iterations: 4 }, { iterations: 5 }],
      classes: [0],
      starts: 3,
    });
    await carryOutRun({ runId }, api.context());
    const rows = await api.database.connection.trajectory.findMany({
      where: { runId },
      orderBy: [{ configuration: "asc" }, { start: "asc" }],
    });
    const ids = rows.map(({ id }) => id);
    await api.database.connection.trajectoryMilestone.deleteMany({ where: { trajectoryId: { in: ids }, level: 0.9999 } });
    await api.database.connection.trajectory.updateMany({ where: { runId }, data: { storedConfidence: 0.25 } });
    const imageSha256 = rows[0]?.imageSha256 as string;
    const reach = (trajectory: number, step: number) => {
      const milestone = { level: 0.9999, step, confidence: 1, storedConfidence: 1, imageSha256 };
      return api.database.connection.trajectoryMilestone.create({ data: { trajectoryId: ids[trajectory] as string, ...milestone } });
    };
    for (const [trajectory, step] of [
      [3, 2],
      [6, 1],
      [7, 2],
    ] as const)
      await reach(trajectory, step);
    const { number } = await api.database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    const loaded = await readConfigurations(`RUN-${number}`);
    const figures = (one: Record<string, unknown>) => [one["rank"], one["foolingCount"], one["medianFoolingStep"], one["median"]];
    expect(loaded.map(figures)).toEqual([
      [3, 0, null, 0.25],
      [2, 1, 2, 0.25],
      [1, 2, 1.5, 0.25],
    ]);
  });

  it("takes as many statements for twelve configurations as for two, and none per trajectory", async () => {
    const count = async (key: string) => {
      const spy = vi.spyOn(pg.Client.prototype, "query");
      const loaded = await readConfigurations(key, "", "trajectories { id label image { url } milestones { step } curve { step } }");
      const statements = spy.mock.calls.length;
      spy.mockRestore();
      return { loaded, statements };
    };
    const counts: number[] = [];
    for (const length of [2, 12]) {
      const runId = await seedAscent(api.database, { search: Array.from({ length }, (_, i) => ({ iterations: 2, decay: i / 100 })) });
      await carryOutRun({ runId }, api.context());
      const { number } = await api.database.connection.run.findUniqueOrThrow({ where: { id: runId } });
      const { loaded, statements } = await count(`RUN-${number}`);
      expect(loaded.flatMap(({ trajectories }: { trajectories: object[] }) => trajectories)).toHaveLength(length * 4);
      counts.push(statements);
    }
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBe(counts[0]);
    expect(counts[1]).toBeLessThanOrEqual(9);
  });

  it("loads its configurations for many runs in two statements, as null for other runs", async () => {
    for (let i = 0; i < 5; i++) await api.mutate("startAscent", searchInput());
    const plain = (await api.mutate("startAscent", searchInput(null))).run;
    const spy = vi.spyOn(pg.Client.prototype, "query");
    const { body } = await api.query(`{ runs(first: 20) { nodes { key kind ... on AscentRun { configurations { index } } } } }`);
    const statements = spy.mock.calls.length;
    spy.mockRestore();
    expect(body.errors).toBeUndefined();
    const loaded = body.data.runs.nodes.map(({ configurations }: { configurations: object[] | null }) => configurations?.length ?? null);
    expect(loaded.filter((length: number | null) => length === null).length).toBeGreaterThan(0);
    expect(loaded.filter((length: number | null) => length !== null).length).toBeGreaterThan(4);
    // The third statement reads the runs.
    expect(statements).toBe(3);
    expect(await readConfigurations(plain.key)).toBeNull();
  });

  it.each([
    ["trajectories(first: 0) { id }", "first"],
    ["trajectories(first: 21) { id }", "first"],
    ["trajectories(first: 2) { id } more: trajectories(first: 21) { id }", "first"],
  ])("refuses %s", async (more, field) => {
    const { run } = await api.mutate("startAscent", searchInput());
    const { body } = await api.query(`{ node(id: "${run.key}") { ... on AscentRun { configurations { ${more} } } } }`);
    expect(body.errors[0].extensions).toEqual({ code: "INVALID_INPUT", field });
  });

  it("is hidden from other workspaces, and can be read but not started by a viewer", async () => {
    const viewer: MemberActor = { ...localOwner, role: "VIEWER" };
    const { run } = await api.mutate("startAscent", searchInput());
    const configurations = `{ node(id: "${run.key}") { ... on AscentRun { configurations(indexes: [0]) { index trajectories(first: 1) { id } } } } }`;
    expect((await api.query(configurations, {}, viewer)).body.data.node.configurations).toEqual([{ index: 0, trajectories: [] }]);
    expect((await api.query(configurations, {}, stranger)).body.data.node).toBeNull();
    const { database } = api;
    await carryOutRun({ runId: await seedAscent(database, {}) }, api.context());
    const { trajectories } = (await api.query("{ trajectories(first: 1) { nodes { id } } }")).body.data;
    const curve = `{ node(id: "${trajectories.nodes[0].id}") { ... on Trajectory { curve { step } } } }`;
    expect((await api.query(curve, {}, viewer)).body.data.node.curve.length).toBeGreaterThan(0);
    expect((await api.query(curve, {}, stranger)).body.data.node).toBeNull();
    const start = "mutation ($input: StartAscentInput!) { startAscent(input: $input) { __typename } }";
    expect((await api.query(start, { input: searchInput() }, viewer)).body.data.startAscent).toEqual({ __typename: "ForbiddenError" });
  });

  it("is refused to other workspaces by its service, even for a run that its own workspace has loaded", async () => {
    const { run } = await api.mutate("startAscent", searchInput());
    const [record] = await findRuns(api.database.connection, [await api.runIdOf(run.key)]);
    if (record == null) throw new Error("The run was just started.");
    const service = new ConfigurationService(api.database);
    const [configuration] = (await service.load(localOwner, [record]))[0] ?? [];
    if (configuration === undefined) throw new Error("A search has configurations.");
    const hidden = expect.objectContaining({ code: "NOT_FOUND" });
    await expect(service.load(stranger, [record])).rejects.toEqual(hidden);
    await expect(service.loadTrajectories(stranger, [{ configuration, first: 1 }])).rejects.toEqual(hidden);
  });

  it.each([
    [{ search: { configurations: 1 } }, "input.search.configurations"],
    [{ search: { configurations: 300 } }, "input.search.configurations"],
    [{ search: { configurations: -5 } }, "input.search.configurations"],
    [{ search: { configurations: 4, parameters: [] } }, "input.search.parameters"],
    [{ search: { configurations: 4, parameters: ["decay", "decay"] } }, "input.search.parameters"],
    [{ search: { configurations: 4, parameters: ["decay", "magic"] } }, "input.search.parameters"],
    [{ search: { configurations: 4, parameters: ["updateRule"] } }, "input.search.parameters"],
    [{ search: { configurations: 21 }, classes: [0, 1, 2, 3, 4], starts: 100 }, "input.search.configurations"],
    [{ search: { configurations: 299, parameters: ["decay"] }, classes: [0], starts: 33, parameters: { iterations: 100_000 } }, null],
    [
      { search: { configurations: 299, parameters: ["decay"] }, classes: [0], starts: 34, parameters: { iterations: 100_000 } },
      "input.search.configurations",
    ],
    [{ ascent: "magic" }, "input.ascent"],
    [{ seed: -1 }, "input.seed"],
    [{ parameters: { decay: 2 } }, "input.parameters.decay"],
  ])("is not started with %j", async (change, field) => {
    const before = await api.snapshot();
    const answer = await api.mutate("startAscent", { ...searchInput(), ...change });
    expect(answer).toMatchObject(field === null ? { run: { state: "QUEUED" } } : { __typename: "InvalidInputError", field });
    if (field !== null) expect(await api.snapshot()).toBe(before);
  });
});
