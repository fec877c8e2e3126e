/** Hostile requests: text that cannot be stored, forged cursors, and documents that are expensive to measure or to answer. */
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  for (const seed of [1, 2, 3]) {
    const runId = await seedRun(api.database, { seed, generations: 6 });
    await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier }));
  }
});
afterAll(() => api.close());

async function countStatements(query: string): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, "query");
  const { body } = await api.query(query);
  const count = spy.mock.calls.length;
  spy.mockRestore();
  expect(body.errors).toBeUndefined();
  return count;
}

const cursorOf = (...content: readonly unknown[]): string => Buffer.from(JSON.stringify(content)).toString("base64url");

describe("text that cannot be stored", () => {
  it.each([
    ["analyses.kind", "query ($text: String!) { analyses(filter: { kind: $text }) { totalCount } }"],
    ["runs.search", "query ($text: String!) { runs(search: $text) { totalCount } }"],
    ["elites.encoding", "query ($text: String!) { elites(filter: { encoding: [$text] }) { totalCount } }"],
    ["models.labelSpace", "query ($text: String!) { models(filter: { labelSpace: $text }) { totalCount } }"],
  ])("is refused by %s", async (_, query) => {
    for (const text of ["a\0b", "\ud800", "\udc00a"])
      expect(await api.query(query, { text })).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: "INVALID_INPUT" } }] },
      });
    expect((await api.query(query, { text: "😀" })).status).toBe(200);
  });

  it.each(["name", "description", "idempotencyKey"])("is refused as an experiment's %s, and nothing is written", async (field) => {
    const create = `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { __typename ... on InvalidInputError { field } } }`;
    const before = await api.database.connection.experiment.count();
    for (const text of ["a\0b", "\ud800"])
      expect((await api.query(create, { input: { name: "x", [field]: text } })).body.data.createExperiment).toEqual({
        __typename: "InvalidInputError",
        field: `input.${field}`,
      });
    expect(await api.database.connection.experiment.count()).toBe(before);
  });
});

describe("forged cursors", () => {
  it.each([
    ["a year that Postgres does not support", "runs", cursorOf("runs.createdAt.DESC", "0000-01-01T00:00:00.000Z", "x")],
    ["half a surrogate pair", "runs", cursorOf("runs.createdAt.DESC", "2026-01-01T00:00:00.000Z", "\ud800")],
    ["a NUL", "runs", cursorOf("runs.createdAt.DESC", "2026-01-01T00:00:00.000Z", "\0")],
    ["a date that does not exist", "runs", cursorOf("runs.createdAt.DESC", "2026-02-30T00:00:00.000Z", "x")],
  ])("with %s are refused", async (_, list, after) => {
    const { status, body } = await api.query(`query ($after: String) { ${list}(after: $after) { nodes { id } } }`, { after });
    expect([status, body.errors[0].extensions]).toEqual([400, { code: "INVALID_INPUT", field: "after" }]);
  });

  it("with any finite number are accepted", async () => {
    for (const confidence of [1e300, -1e308, 5e-324, 2 ** 53, 123456789012345680000]) {
      const after = cursorOf("elites.storedFitness.DESC", confidence, "x");
      expect((await api.query("query ($after: String) { elites(after: $after) { nodes { id } } }", { after })).status).toBe(200);
    }
  });
});

describe("expensive documents", () => {
  it("whose fragments double at every level are answered without expanding them", async () => {
    const links = Array.from({ length: 150 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(" ");
    const { status, body } = await api.query(`{ ...f0 } ${links} fragment f150 on Query { __typename }`);
    expect([status, body]).toEqual([200, { data: { __typename: "Query" } }]);
  });

  it("with longer lists than the estimate assumes are stopped with the same error over HTTP and WebSocket", async () => {
    const labels = Array.from({ length: 10_000 }, (_, i) => `class ${i}`);
    await seedModels(api.database.connection, [{ ...testModel, id: "many-classes", sha256: "2".repeat(64), labels }]);
    const aliased = (count: number): string =>
      `{ models(first: 5) { nodes { ${Array.from({ length: count }, (_, i) => `a${i}: labels`).join(" ")} } } }`;
    expect((await api.query(aliased(20))).status).toBe(200);
    const { status, body } = await api.query(aliased(30));
    const error = {
      message: "The response has more than 250000 values. Request fewer fields or rows.",
      extensions: { code: "TOO_COMPLEX" },
    };
    expect([status, body]).toEqual([400, { errors: [error] }]);
    const socket = await openRawSocket(api.url);
    socket.subscribe("many", aliased(30));
    expect((await socket.answer("many")).payload).toEqual({ data: null, errors: [error] });
    await socket.close();
  });

  it("read statistics, milestones and genomes of all runs with as many statements as of one run", async () => {
    const runs = (count: number) =>
      `{ runs(first: ${count}) { nodes { ... on EvolutionRun { statistics { median } milestones { reached } } } } }`;
    expect(await countStatements(runs(3))).toBe(await countStatements(runs(1)));
    const genomes = (count: number) => `{ genomes(first: ${count}) { nodes { document } } }`;
    expect(await countStatements(genomes(20))).toBe(await countStatements(genomes(1)));
  });

  it("read a hundred nodes by key with as many statements as two", async () => {
    const keys = (count: number) => JSON.stringify(Array.from({ length: count }, (_, i) => `${i % 2 === 0 ? "RUN" : "EXP"}-${i + 1}`));
    const nodes = (count: number) => `{ nodes(ids: ${keys(count)}) { id ... on Run { key } ... on Experiment { key } } }`;
    expect(await countStatements(nodes(100))).toBe(await countStatements(nodes(2)));
    const { body } = await api.query(
      `{ nodes(ids: ["RUN-1", "EXP-1", "RUN-999", "RUN-1"]) { ... on Run { key } ... on Experiment { key } } }`,
    );
    expect(body.data.nodes).toEqual([{ key: "RUN-1" }, { key: "EXP-1" }, null, { key: "RUN-1" }]);
  });

  it("return the statistics of every run from the requested generation", async () => {
    const { body } =
      await api.query(`{ runs { nodes { ... on EvolutionRun { all: statistics { generation } late: statistics(since: 4) { generation }
      none: statistics(since: 2147483647) { generation } milestones { confidence } } } } }`);
    for (const run of body.data.runs.nodes) {
      expect(run.all.map(({ generation }: { generation: number }) => generation)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(run.late.map(({ generation }: { generation: number }) => generation)).toEqual([5, 6]);
      expect([run.none, run.milestones.length]).toEqual([[], 5]);
    }
  });
});
