/** Analyses requested from the API and computed by a real worker: one image never waits behind a whole archive, and both can be cancelled. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type RunningWorker, startWorker } from "@pareidolia/workers/worker";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

const input = { width: 8, height: 8, channels: 1 } as const;
const own = createLinearClassifier({ input, classes: 5 });
const twin = createLinearClassifier({ input, classes: 5, seed: 2 });
/** While this is true, the twin does not finish a prediction, like a large network on many images. */
let held = true;
let abortedAt = 0;
const slowTwin: DifferentiableClassifier = {
  ...twin,
  async predict(images, signal) {
    while (held) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (signal?.aborted) {
        abortedAt = performance.now();
        throw signal.reason;
      }
    }
    return twin.predict(images, signal);
  },
};

let api: MutationApi;
let worker: RunningWorker;
beforeAll(async () => {
  api = await startMutationApi();
  worker = await startWorker({
    databaseUrl: api.databaseUrl,
    objectStore: api.objectStore,
    loadClassifier: async ({ slug }) => (slug === "twin" ? slowTwin : own),
    engine: "test",
    samplePhotos: false,
    cacheFolder: sharedCacheFolder(),
    threads: 1,
    checkpointSeconds: 1,
    leaseSeconds: 10,
    log: { info() {}, warn() {}, error() {} },
  });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

const stateOf = async (id: string) =>
  (await api.query("query ($id: ID!) { node(id: $id) { ... on Analysis { state } } }", { id })).body.data.node.state as string;
const waitFor = (id: string, state: string) => expect.poll(() => stateOf(id), { timeout: 15_000 }).toBe(state);
const scoredImages = () => api.database.connection.score.count({ where: { model: { slug: "twin" } } });
const firstElite = async () =>
  (await api.query('{ node(id: "RUN-1") { ... on EvolutionRun { archive(best: 1) { id image { id } } } } }')).body.data.node.archive[0];

it("a worker ablates an image while a whole archive is being scored", async () => {
  const { analysis: transfer } = await api.mutate("scoreTransfer", { runIds: ["RUN-1"] });
  await waitFor(transfer.id, "RUNNING");
  const { analysis: ablation } = await api.mutate("ablateElite", { eliteId: (await firstElite()).id, regions: 2 });
  await waitFor(ablation.id, "SUCCEEDED");
  expect(await stateOf(transfer.id)).toBe("RUNNING");
});

it("a worker stops a running analysis immediately when it is cancelled, and computes it again on request", async () => {
  const { analysis: transfer } = await api.mutate("scoreTransfer", { runIds: ["RUN-1"] });
  expect(transfer.state).toBe("RUNNING");
  const cancelledAt = performance.now();
  const { analysis } = await api.mutate("cancelAnalysis", { analysisId: transfer.id });
  expect(analysis).toMatchObject({ id: transfer.id, state: "CANCELLED", endedAt: expect.any(String) });
  await expect.poll(() => abortedAt, { timeout: 15_000 }).toBeGreaterThan(0);
  process.stderr.write(`cancel to abort: ${(abortedAt - cancelledAt).toFixed(0)} ms\n`);
  expect(await api.mutate("cancelAnalysis", { analysisId: transfer.id })).toMatchObject({ __typename: "ConflictError" });
  expect(await scoredImages()).toBe(0);
  held = false;
  const { analysis: repeated } = await api.mutate("scoreTransfer", { runIds: ["RUN-1"] });
  expect(repeated).toMatchObject({ id: transfer.id, state: expect.stringMatching(/^(QUEUED|RUNNING|SUCCEEDED)$/) });
  await waitFor(transfer.id, "SUCCEEDED");
  expect(await scoredImages()).toBe(5);
});

it("a worker scores one image, and no other, with the models that have not scored it", async () => {
  await api.database.connection.score.deleteMany({ where: { model: { slug: "twin" } } });
  const { image } = await firstElite();
  const { analysis } = await api.mutate("scoreImage", { imageId: image.id });
  expect(analysis).toMatchObject({ kind: "scoring", priority: "INTERACTIVE" });
  await waitFor(analysis.id, "SUCCEEDED");
  expect(await scoredImages()).toBe(1);
  const { body } = await api.query("query ($id: ID!) { node(id: $id) { ... on Image { scoring { id } scores { model { slug } } } } }", {
    id: image.id,
  });
  expect(body.data.node.scoring.id).toBe(analysis.id);
  expect(body.data.node.scores.map(({ model }: { model: { slug: string } }) => model.slug).sort()).toEqual(["linear", "twin"]);
});

it("the API cancels an analysis that no worker has claimed yet", async () => {
  await worker.close();
  const { image } = await firstElite();
  const { analysis } = await api.mutate("scoreImage", { imageId: image.id });
  expect(analysis.state).toBe("QUEUED");
  expect((await api.mutate("cancelAnalysis", { analysisId: analysis.id })).analysis.state).toBe("CANCELLED");
  const { body } = await api.query("{ analyses(filter: { state: [CANCELLED] }) { nodes { id } } }");
  expect(body.data.analyses.nodes).toEqual([{ id: analysis.id }]);
});

it.each([
  ["scoreImage", { imageId: "nonsense" }, "InvalidInputError"],
  ["scoreImage", { imageId: Buffer.from(`Image:${"0".repeat(64)}`).toString("base64url") }, "NotFoundError"],
  ["cancelAnalysis", { analysisId: "RUN-1" }, "InvalidInputError"],
  ["cancelAnalysis", { analysisId: Buffer.from("Analysis:missing").toString("base64url") }, "NotFoundError"],
] as const)("the API refuses %s for %o", async (name, wrong, type) => {
  const before = await api.snapshot();
  expect((await api.mutate(name, wrong)).__typename).toBe(type);
  expect(await api.snapshot()).toBe(before);
});
