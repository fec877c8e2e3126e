/** The trash and locks by GraphQL, over real HTTP and Postgres: what is moved, restored, refused, previewed and deleted. */
import { verifyAuditLog } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { requeueExpiredRuns } from "@pareidolia/persistence/lab/runs/expiredLeases";
import { deleteDiscarded } from "@pareidolia/persistence/lab/trash/discard";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { seedRun } from "../../support/runs.ts";

let api: MutationApi;
beforeEach(async () => {
  api = await startMutationApi();
});
afterEach(() => api.close());

const inputs = {
  trashRuns: "TrashRunsInput",
  restoreRuns: "TrashRunsInput",
  trashExperiments: "TrashExperimentsInput",
  restoreExperiments: "TrashExperimentsInput",
  deleteFromTrash: "DeleteFromTrashInput",
  lockRuns: "LockRunsInput",
  unlockRuns: "LockRunsInput",
  lockExperiment: "LockExperimentInput",
  unlockExperiment: "LockExperimentInput",
} as const;

function successOf(name: keyof typeof inputs): string {
  if (name.endsWith("Experiment")) return "";
  const fields = "changedIds refused { id code message }";
  return name.endsWith("ockRuns")
    ? `... on LockRunsSuccess { ${fields} }`
    : `... on TrashChangeSuccess { ${fields} runCount cancelledCount }`;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
async function change(name: keyof typeof inputs, input: object): Promise<any> {
  const { body } = await api.query(
    `mutation ($input: ${inputs[name]}!) { ${name}(input: $input) { __typename ${successOf(name)} ... on Error { message } } }`,
    { input },
  );
  expect(body.errors).toBeUndefined();
  return body.data[name];
}

const read = async (query: string) => {
  const { body } = await api.query(query);
  expect(body.errors).toBeUndefined();
  return body.data;
};

const trash = async () =>
  (await read("{ trash { totalCount nodes { id key subject name runCount experimentTrashed trashedBy { name } images } } }")).trash;
const keyOf = async (id: string) => `RUN-${(await api.database.connection.run.findUniqueOrThrow({ where: { id } })).number}`;
const stateOf = async (id: string) => (await api.database.connection.run.findUniqueOrThrow({ where: { id } })).state;
const everyRow = () =>
  Promise.all(
    ["runs", "experiments", "elites", "genomes", "generations", "run_events", "images", "scores"].map((table) =>
      api.database.connection.$queryRawUnsafe(`SELECT * FROM ${table} ORDER BY 1, 2`),
    ),
  );

describe("a trashed run", () => {
  it("is restored exactly as it was", async () => {
    const before = await everyRow();
    expect(await change("trashRuns", { runIds: ["RUN-1"] })).toMatchObject({ runCount: 1, cancelledCount: 0, refused: [] });
    expect(await read('{ node(id: "RUN-1") { id } runs { totalCount } elites { totalCount } }')).toEqual({
      node: null,
      runs: { totalCount: 0 },
      elites: { totalCount: 0 },
    });
    expect((await trash()).nodes).toMatchObject([{ key: "RUN-1", subject: "RUN", runCount: 1, experimentTrashed: false }]);
    expect(await change("restoreRuns", { runIds: ["RUN-1"] })).toMatchObject({ runCount: 1, refused: [] });
    expect(await everyRow()).toEqual(before);
    expect((await trash()).totalCount).toBe(0);
  });

  it("shows its best images in the trash only, where no cache keeps them", async () => {
    const { archive } = (await read('{ node(id: "RUN-1") { ... on EvolutionRun { archive { image { url } } } } }')).node;
    await change("trashRuns", { runIds: ["RUN-1"] });
    expect((await fetch(`${api.url}${archive[0].image.url}`)).status).toBe(404);
    const [{ images }] = (await trash()).nodes;
    expect(images.length).toBeGreaterThan(0);
    const shown = await fetch(`${api.url}${images[0]}`);
    expect([shown.status, shown.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
  });

  it("is not started while it is queued, and is queued again when it is restored", async () => {
    const id = await seedRun(api.database, { seed: 3 });
    const key = await keyOf(id);
    await change("trashRuns", { runIds: [key] });
    const claim = () => api.database.transaction((transaction) => claimRun(transaction, { runId: id, workerId: "w", leaseSeconds: 10 }));
    expect(await claim()).toBeNull();
    await api.database.connection.$executeRaw`UPDATE runs SET updated_at = now() - interval '1 hour' WHERE id = ${id}`;
    expect(await api.database.transaction(requeueExpiredRuns)).not.toContain(id);
    await change("restoreRuns", { runIds: [key] });
    expect(await api.lastJobs()).toEqual(["carryOutRun"]);
    await carryOutRun({ runId: id }, api.context());
    expect(await stateOf(id)).toBe("SUCCEEDED");
  });

  it("is cancelled if it was running, and is deleted for good only once it has stopped", async () => {
    const id = await seedRun(api.database, { seed: 4 });
    const key = await keyOf(id);
    await api.database.transaction((transaction) => claimRun(transaction, { runId: id, workerId: "w", leaseSeconds: 10 }));
    expect(await change("trashRuns", { runIds: [key] })).toMatchObject({ runCount: 1, cancelledCount: 1 });
    const refused = [{ id: key, code: "CONFLICT", message: `${key} is still being cancelled. Try again in a few seconds.` }];
    expect(await change("deleteFromTrash", { ids: [key] })).toMatchObject({ changedIds: [], refused });
    await api.database.connection.$executeRaw`UPDATE runs SET lease_expires_at = now() - interval '1 hour' WHERE id = ${id}`;
    await api.database.transaction(requeueExpiredRuns);
    expect(await stateOf(id)).toBe("CANCELLED");
    expect(await change("deleteFromTrash", { ids: [key] })).toMatchObject({ runCount: 1, refused: [] });
    expect(await api.lastJobs()).toEqual(["deleteDiscarded"]);
    expect((await trash()).totalCount).toBe(0);
    expect((await change("restoreRuns", { runIds: [key] })).refused).toMatchObject([{ code: "NOT_FOUND" }]);
    await deleteDiscarded(api.database, { workspaceId: localWorkspaceId, signal: new AbortController().signal });
    expect(await api.database.connection.run.count({ where: { id } })).toBe(0);
  });

  it("keeps its idempotency key, which then names the run in the trash", async () => {
    const start = (idempotencyKey: string) =>
      api.mutate("startEvolution", {
        experimentId: "EXP-1",
        modelId: api.modelId,
        preset: "paper",
        encoding: "direct",
        generations: 1,
        seed: 9,
        idempotencyKey,
      });
    const { run } = await start("once");
    await change("trashRuns", { runIds: [run.key] });
    expect(await start("once")).toMatchObject({
      __typename: "ConflictError",
      message: expect.stringContaining(`belongs to ${run.key}, which is in the trash`),
    });
  });
});

describe("a trashed experiment", () => {
  it("takes its runs along and brings back those that were not trashed before", async () => {
    const { experimentId } = await api.database.connection.run.findFirstOrThrow({ where: { number: 1 } });
    const other = await seedRun(api.database, { seed: 5 });
    await api.database.connection.run.update({ where: { id: other }, data: { experimentId } });
    const key = await keyOf(other);
    await change("trashRuns", { runIds: [key] });
    expect(await change("trashExperiments", { experimentIds: ["EXP-1"] })).toMatchObject({ runCount: 1, refused: [] });
    const { nodes } = await trash();
    expect(nodes).toMatchObject([
      { key: "EXP-1", subject: "EXPERIMENT", runCount: 1 },
      { key, subject: "RUN", experimentTrashed: true },
    ]);
    const sentence = (run: string) => `${run} belongs to EXP-1, which is in the trash. Restore EXP-1.`;
    // A run that was trashed with its experiment leads to the experiment's item.
    const itemOf = async (id: string) =>
      (await read(`{ trashItem(id: "${id}") { key experimentKey experimentTrashed trashedBy { name } } }`)).trashItem;
    expect(await itemOf("RUN-1")).toEqual({ key: "EXP-1", experimentKey: null, experimentTrashed: false, trashedBy: { name: "You" } });
    expect(await itemOf("EXP-1")).toMatchObject({ key: "EXP-1" });
    expect(await itemOf(key)).toMatchObject({ key, experimentKey: "EXP-1", experimentTrashed: true });
    expect(await itemOf("RUN-999")).toBeNull();
    expect((await change("restoreRuns", { runIds: [key, "RUN-1"] })).refused).toEqual(
      [key, "RUN-1"].map((id) => ({ id, code: "CONFLICT", message: sentence(id) })),
    );
    const start = { experimentId: "EXP-1", modelId: api.modelId, preset: "paper", encoding: "direct", generations: 1, seed: 1 };
    expect((await api.mutate("startEvolution", start)).__typename).toBe("NotFoundError");
    expect(await change("restoreExperiments", { experimentIds: ["EXP-1"] })).toMatchObject({ runCount: 1, refused: [] });
    expect((await trash()).nodes).toMatchObject([{ key, experimentTrashed: false }]);
    expect(await itemOf("RUN-1")).toBeNull();
    expect((await read('{ node(id: "EXP-1") { ... on Experiment { runCount } } }')).node.runCount).toBe(1);
  });

  it("admits no run outside the trash, whatever writes it", async () => {
    await change("trashExperiments", { experimentIds: ["EXP-1"] });
    const restore = api.database.connection
      .$executeRaw`UPDATE runs SET trashed_at = NULL, trashed_with_experiment = false WHERE number = 1`;
    await expect(restore).rejects.toThrow(/experiment of this run is in the trash/);
  });
});

describe("a lock", () => {
  it("refuses every change of a run, by name, until it is removed", async () => {
    const id = await seedRun(api.database, { seed: 6 });
    const key = await keyOf(id);
    expect(await change("lockRuns", { runIds: [key, "RUN-999"] })).toMatchObject({ refused: [{ id: "RUN-999", code: "NOT_FOUND" }] });
    const lock = (await read(`{ node(id: "${key}") { ... on Run { lock { withExperiment lockedBy { name } } } } }`)).node.lock;
    const message = `${lock.lockedBy.name} locked ${key}. Unlock ${key} to change it.`;
    expect((await change("trashRuns", { runIds: [key] })).refused).toEqual([{ id: key, code: "CONFLICT", message }]);
    expect(await api.mutate("cancelRun", { runId: key })).toMatchObject({ __typename: "ConflictError", message });
    const { number } = await api.database.connection.experiment.findFirstOrThrow({ where: { runs: { some: { id } } } });
    expect((await change("trashExperiments", { experimentIds: [`EXP-${number}`] })).refused).toMatchObject([
      { code: "CONFLICT", message: expect.stringContaining(`contains ${key}`) },
    ]);
    await change("unlockRuns", { runIds: [key] });
    expect(await change("trashRuns", { runIds: [key] })).toMatchObject({ runCount: 1, refused: [] });
  });

  it("of an experiment holds for its runs, and refuses new ones", async () => {
    expect(await change("lockExperiment", { experimentId: "EXP-1" })).toMatchObject({ __typename: "LockExperimentSuccess" });
    const refused = (await change("trashRuns", { runIds: ["RUN-1"] })).refused;
    expect(refused).toMatchObject([{ code: "CONFLICT", message: expect.stringContaining("RUN-1 belongs to EXP-1, which") }]);
    const start = { experimentId: "EXP-1", modelId: api.modelId, preset: "paper", encoding: "direct", generations: 1, seed: 1 };
    expect(await api.mutate("startEvolution", start)).toMatchObject({ __typename: "ConflictError" });
    expect((await read('{ node(id: "RUN-1") { ... on Run { lock { withExperiment } } } }')).node.lock).toEqual({ withExperiment: true });
    await change("unlockExperiment", { experimentId: "EXP-1" });
    expect(await api.mutate("startEvolution", start)).toMatchObject({ __typename: "StartEvolutionSuccess" });
  });
});

it("members who trash, restore and lock the same runs at the same time leave each run in one state, with a valid audit log", async () => {
  const keys = await Promise.all(Array.from({ length: 6 }, async (_, seed) => keyOf(await seedRun(api.database, { seed: 20 + seed }))));
  const names = ["trashRuns", "restoreRuns", "lockRuns", "unlockRuns"] as const;
  const changes = Array.from({ length: 24 }, (_, i) =>
    change(names[i % 4] as "trashRuns", { runIds: i % 3 === 0 ? [...keys].reverse() : keys }),
  );
  const results = await Promise.all(changes);
  expect(results.filter(({ __typename }) => !__typename.endsWith("Success"))).toEqual([]);
  const both = await api.database.connection.run.count({ where: { trashedAt: { not: null }, lockedAt: { not: null } } });
  expect(both).toBe(0);
  const changed = results.reduce((sum, { changedIds }) => sum + changedIds.length, 0);
  expect(await verifyAuditLog(api.database.connection, localWorkspaceId)).toMatchObject({ entries: changed, broken: null });
});

describe("the preview", () => {
  it("counts the rows of each kind and the bytes of images that nothing else shows", async () => {
    const preview = async (ids: string[]) =>
      (
        await read(
          `{ trashPreview(ids: ${JSON.stringify(ids)}) { runs running elites genomes generations events images keptImages bytes isEstimate } }`,
        )
      ).trashPreview;
    const { connection } = api.database;
    const alone = await preview(["RUN-1"]);
    const stored = await connection.image.aggregate({ _count: true, _sum: { byteLength: true } });
    expect(alone).toEqual({
      runs: 1,
      running: 0,
      elites: await connection.elite.count(),
      genomes: await connection.genome.count(),
      generations: await connection.generation.count(),
      events: await connection.runEvent.count(),
      images: stored._count,
      keptImages: 0,
      bytes: stored._sum.byteLength,
      isEstimate: false,
    });
    // The same seed makes the same images.
    const twin = await seedRun(api.database);
    await carryOutRun({ runId: twin }, api.context());
    const key = await keyOf(twin);
    expect(await preview(["RUN-1"])).toMatchObject({ images: 0, keptImages: stored._count, bytes: 0 });
    expect(await preview(["RUN-1", key])).toMatchObject({ runs: 2, images: stored._count, bytes: stored._sum.byteLength });
    expect(await preview(["EXP-1", "RUN-1"])).toMatchObject({ runs: 1 });
  });

  it("leaves out what no longer exists, and is refused if nothing does", async () => {
    const gone = await keyOf(await seedRun(api.database, { seed: 7 }));
    await change("trashRuns", { runIds: [gone] });
    await change("deleteFromTrash", { ids: [gone] });
    const preview = async (ids: string[]) => (await api.query(`{ trashPreview(ids: ${JSON.stringify(ids)}) { runs } }`)).body;
    expect(await preview([gone, "RUN-1"])).toEqual({ data: { trashPreview: { runs: 1 } } });
    expect((await preview([gone])).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});

it("the trash is emptied of everything but runs that still stop", async () => {
  const queued = await seedRun(api.database, { seed: 7 });
  const running = await seedRun(api.database, { seed: 8 });
  await api.database.transaction((transaction) => claimRun(transaction, { runId: running, workerId: "w", leaseSeconds: 10 }));
  await change("trashRuns", { runIds: [await keyOf(queued), await keyOf(running)] });
  await change("trashExperiments", { experimentIds: ["EXP-1"] });
  const { body } = await api.query("mutation { emptyTrash { ... on TrashChangeSuccess { runCount changedIds } } }");
  expect(body.data.emptyTrash).toMatchObject({ runCount: 2 });
  expect(body.data.emptyTrash.changedIds).toHaveLength(2);
  expect((await trash()).nodes).toMatchObject([{ key: await keyOf(running) }]);
});
