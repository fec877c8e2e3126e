/** Deletion of runs, models, photos and uploads by GraphQL, over real HTTP and Postgres: what is deleted, kept and refused. */
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { deleteDiscarded } from "@pareidolia/persistence/lab/trash/discard";
import { storeSamplePhotos } from "@pareidolia/workers/photos/storeSamplePhotos";
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { seedRun, testModel } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

let api: MutationApi;
beforeAll(async () => {
  api = await startMutationApi();
});
afterAll(() => api.close());

const rowsOf = async (table: string, where: string): Promise<number> => {
  const [row] = await api.database.connection.$queryRawUnsafe<{ rows: number }[]>(
    `SELECT count(*)::int AS rows FROM ${table} WHERE ${where}`,
  );
  return row?.rows ?? 0;
};

async function keyOf(runId: string): Promise<string> {
  return `RUN-${(await api.database.connection.run.findUniqueOrThrow({ where: { id: runId } })).number}`;
}

/** As members do on the page of the trash, and then a worker. */
async function deleteForGood(key: string): Promise<void> {
  await api.mutate("trashRuns", { runIds: [key] });
  expect(await api.mutate("deleteFromTrash", { ids: [key] })).toMatchObject({ __typename: "TrashChangeSuccess", runCount: 1, refused: [] });
  await deleteDiscarded(api.database, { signal: new AbortController().signal });
}

describe("a run", () => {
  it("is deleted with its elites, log and analyses, without affecting other runs", async () => {
    const runId = await seedRun(api.database, { seed: 9 });
    await carryOutRun({ runId }, api.context());
    const key = await keyOf(runId);
    const { archive } = (await api.query(`{ node(id: "${key}") { ... on EvolutionRun { archive { id image { sha256 url } } } } }`)).body
      .data.node;
    const { analysis } = await api.mutate("ablateElite", { eliteId: archive[0].id, regions: 2 });
    await analyse({ analysisId: Buffer.from(analysis.id, "base64url").toString().slice("Analysis:".length) }, api.context());
    expect(await rowsOf("elites", `run_id = '${runId}'`)).toBeGreaterThan(5);
    expect(await rowsOf("analyses", `run_id = '${runId}'`)).toBe(1);
    expect((await fetch(`${api.url}${archive[0].image.url}`)).status).toBe(200);
    const others = await rowsOf("elites", `run_id <> '${runId}'`);

    await deleteForGood(key);
    for (const table of ["elites", "genomes", "generations", "run_events", "analyses"])
      expect(await rowsOf(table, `run_id = '${runId}'`), table).toBe(0);
    expect(await rowsOf("elites", `run_id <> '${runId}'`)).toBe(others);
    const { body } = await api.query(`{ node(id: "${key}") { id } elite: node(id: "${archive[0].id}") { id } }`);
    expect([body.errors, body.data]).toEqual([undefined, { node: null, elite: null }]);
    // No row of the workspace refers to the image any more.
    expect((await fetch(`${api.url}${archive[0].image.url}`)).status).toBe(404);
  });

  it("is deleted whatever its kind", async () => {
    const shared = { experimentId: "EXP-1", modelId: api.modelId, seed: 1 };
    const { run: ascent } = await api.mutate("startAscent", {
      ...shared,
      preset: await api.presetOf(),
      parameters: { iterations: 3 },
      classes: [1, 2],
    });
    await carryOutRun({ runId: await api.runIdOf(ascent.key) }, api.context());
    const photo = await api.storePhoto();
    const input = { ...shared, sourceId: photo.id, attack: "fgsm", preset: await api.presetOf("fgsm"), bounds: [8] };
    const { run: attack } = await api.mutate("startPerturbation", input);
    await carryOutRun({ runId: await api.runIdOf(attack.key) }, api.context());
    const labels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    await seedModels(api.database.connection, [{ ...testModel, id: "ten", sha256: "3".repeat(64), labels }]);
    const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
    const modelId = nodes.find(({ slug }: { slug: string }) => slug === "ten").id;
    const { chain } = await api.mutate("startChain", { ...shared, modelId, name: "C", dataset: "mnist", iterations: 1, preset: "quick" });
    await api.mutate("cancelRun", { runId: chain.run.key });
    const results = () => Promise.all(["trajectories", "perturbations", "chains", "chain_links"].map((table) => rowsOf(table, "true")));
    expect(await results()).toEqual([2, 1, 1, 2]);
    for (const key of [ascent.key, attack.key, chain.run.key]) await deleteForGood(key);
    expect(await results()).toEqual([0, 0, 0, 0]);
  });
});

describe("a model", () => {
  const modelInput = async (name: string) => ({
    uploadId: (await api.upload(new TextEncoder().encode(name))).id,
    name,
    labels: ["0", "1", "2", "3", "4"],
    preprocessing: { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
  });
  const localId = (id: string) => Buffer.from(id, "base64url").toString().slice("Model:".length);
  const count = async () => {
    const { body } = await api.query("{ models { totalCount } viewer { workspace { modelCount } } }");
    return [body.data.models.totalCount, body.data.viewer.workspace.modelCount];
  };

  it("that was refused is not counted, is listed on request, and can be deleted", async () => {
    const before = await count();
    const { model } = await api.mutate("registerModel", await modelInput("Refused"));
    expect(await count()).toEqual(before.map((models) => models + 1));
    const id = localId(model.id);
    await api.database.connection.model.update({ where: { id }, data: { state: "REFUSED", refusal: "It is no network." } });
    expect(await count()).toEqual(before);
    const refused = () => api.query("{ models(filter: { state: [REFUSED] }) { nodes { id name usage { runKeys scores } } } }");
    expect((await refused()).body.data.models.nodes).toEqual([{ id: model.id, name: "Refused", usage: { runKeys: [], scores: 0 } }]);
    expect(await api.mutate("deleteModel", { modelId: model.id })).toMatchObject({ deletedId: model.id });
    expect((await refused()).body.data.models.nodes).toEqual([]);
    expect((await api.mutate("deleteModel", { modelId: model.id })).__typename).toBe("NotFoundError");
  });

  it("is kept while a run uses it, and is deleted with its scores after the run", async () => {
    const { model } = await api.mutate("registerModel", await modelInput("Used"));
    const id = localId(model.id);
    await api.database.connection.model.update({ where: { id }, data: { state: "AVAILABLE" } });
    const input = { experimentId: "EXP-1", modelId: model.id, encoding: "direct", preset: "paper", generations: 3, offspring: 4, seed: 1 };
    const { run } = await api.mutate("startEvolution", input);
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    expect(await api.mutate("deleteModel", { modelId: model.id })).toEqual({
      __typename: "ConflictError",
      message: `One run uses this model: ${run.key}. Delete these runs for good, in the trash too; until then they keep their model.`,
    });
    await deleteForGood(run.key);
    const { deleted } = await api.mutate("deleteModel", { modelId: model.id });
    expect(deleted.scores).toBeGreaterThan(0);
    expect(await rowsOf("scores", `model_id = '${id}'`)).toBe(0);
  });

  it("of the zoo cannot be deleted", async () => {
    const before = await api.snapshot();
    const refusal = { __typename: "ConflictError", message: "Linear comes with Pareidolia and cannot be deleted." };
    expect(await api.mutate("deleteModel", { modelId: api.modelId })).toEqual(refusal);
    expect(await api.snapshot()).toBe(before);
  });
});

describe("a photo", () => {
  it("is deleted, and a run that started from it keeps its image", async () => {
    const photo = await api.storePhoto();
    const input = {
      experimentId: "EXP-1",
      modelId: api.modelId,
      sourceId: photo.id,
      attack: "fgsm",
      preset: await api.presetOf("fgsm"),
      seed: 4,
    };
    const { run } = await api.mutate("startPerturbation", input);
    const { body } = await api.query("query ($id: ID!) { node(id: $id) { ... on Photo { runCount isSample } } }", { id: photo.id });
    expect(body.data.node).toMatchObject({ runCount: 1, isSample: false });
    expect(await api.mutate("deletePhoto", { photoId: photo.id })).toMatchObject({ deletedId: photo.id });
    const { data } = (await api.query(`{ node(id: "${run.key}") { ... on PerturbationRun { source { url } } } }`)).body;
    expect(data.node.source.url).toBe(photo.image.url);
    expect((await fetch(`${api.url}${photo.image.url}`)).status).toBe(200);
    expect((await api.mutate("deletePhoto", { photoId: photo.id })).__typename).toBe("NotFoundError");
  });

  it("that is a sample cannot be deleted", async () => {
    const stop = new AbortController().signal;
    const { database, objectStore } = api;
    await storeSamplePhotos({ database, objectStore, cacheFolder: sharedCacheFolder(), log: api.context().log, stop });
    const { nodes } = (await api.query("{ photos { nodes { id isSample } } }")).body.data.photos;
    const sample = nodes.find(({ isSample }: { isSample: boolean }) => isSample);
    expect(await api.mutate("deletePhoto", { photoId: sample.id })).toMatchObject({
      __typename: "ConflictError",
      message: expect.stringContaining("is a sample that comes with Pareidolia"),
    });
  });
});

describe("an upload", () => {
  it("is listed until a model or photo uses it, and can be deleted", async () => {
    const list = async () => (await api.query("{ uploads { totalCount nodes { id byteLength sha256 } } }")).body.data.uploads;
    const before = (await list()).totalCount;
    const { id, sha256 } = await api.upload(new TextEncoder().encode("left behind"));
    expect(await list()).toMatchObject({ totalCount: before + 1, nodes: [{ id, byteLength: 11, sha256 }] });
    expect(await api.mutate("deleteUpload", { uploadId: id })).toMatchObject({ deletedId: id });
    await api.storePhoto();
    expect((await list()).totalCount).toBe(before);
    expect((await api.mutate("deleteUpload", { uploadId: id })).__typename).toBe("NotFoundError");
  });
});

it.each([
  ["deleteModel", { modelId: "RUN-1" }, "InvalidInputError"],
  ["deletePhoto", { photoId: Buffer.from("Photo:missing").toString("base64url") }, "NotFoundError"],
  ["deleteUpload", { uploadId: "nonsense" }, "InvalidInputError"],
] as const)("refuses %s for %o", async (name, wrong, type) => {
  const before = await api.snapshot();
  expect((await api.mutate(name, wrong)).__typename).toBe(type);
  expect(await api.snapshot()).toBe(before);
});
