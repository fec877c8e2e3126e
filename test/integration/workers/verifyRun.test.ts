/** Runs that are computed again: equal bit for bit, close on another engine, or different at the step where a difference was planted. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage } from "@pareidolia/core/image";
import { encodePng } from "@pareidolia/images/png";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import { trimRun } from "@pareidolia/persistence/lab/retention/trimRuns";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { verifyRun } from "@pareidolia/workers/verification/verifyRun";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ablateElite } from "../../support/ablateElite.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { describeInFull } from "../../support/extent/inFull.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { seedAscent, seedPerturbation } from "../../support/queuedRuns.ts";
import { evolveContext, seedRun, silent } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-verify-"));
  objectStore = openFolderStore({ folder });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

async function carriedOut(runId: string): Promise<string> {
  await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier }));
  return runId;
}

const verify = (runId: string, network: DifferentiableClassifier = classifier, progress: number[] = []) =>
  verifyRun(runId, {
    database,
    objectStore,
    openClassifier: async () => network,
    cacheFolder: folder,
    signal: new AbortController().signal,
    log: silent,
    report: async ({ done }) => void progress.push(done),
  });

/** The same network on an engine whose confidences are wrong by up to `error`, in a way that depends on the image. */
function elsewhere(error: number): DifferentiableClassifier {
  return {
    ...classifier,
    engine: "linear, on another processor",
    predict: async (images, signal) => {
      const scores = await classifier.predict(images, signal);
      const probabilities = scores.probabilities.map((p, i) => Math.min(1, p + error * ((Math.sin(i + p * 1e4) + 1) / 2)));
      return { ...scores, probabilities };
    },
  };
}

describe("an evolution", () => {
  it("is equal bit for bit, generation by generation, whatever its checkpoints", async () => {
    const progress: number[] = [];
    const runId = await carriedOut(await seedRun(database, { seed: 4 }));
    expect(await verify(runId, classifier, progress)).toMatchObject({
      verdict: "EQUAL",
      unit: "generations",
      steps: 13,
      sameEnvironment: true,
      storedEngines: [classifier.engine],
      largestDifference: 0,
      difference: null,
    });
    // Its images are scored first.
    expect(progress.slice(-13)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
  });

  it("is equal only if its analyses are, which the engine that computed them repeats", async () => {
    const runId = await carriedOut(await seedRun(database, { seed: 31 }));
    await ablateElite(runId, evolveContext({ database, objectStore, classifier }));
    expect(await verify(runId)).toMatchObject({ verdict: "EQUAL", notChecked: [] });
    const analysis = await database.connection.analysis.findFirstOrThrow({ where: { runId } });
    const { confidence } = analysis.result as { readonly confidence: number };
    const change = (data: object) => database.connection.analysis.update({ where: { id: analysis.id }, data });
    await change({ result: { ...(analysis.result as object), confidence: confidence / 2 } });
    expect(await verify(runId)).toMatchObject({
      verdict: "DIFFERENT",
      difference: null,
      findings: [{ column: "analyses.result", stored: String(confidence / 2), computed: String(confidence) }],
    });
    await change({ engine: "onnxruntime 1 CPU, 8 threads, AVX2" });
    expect(await verify(runId)).toMatchObject({
      verdict: "EQUAL",
      notChecked: ["1 of 1 results of analyses, which another engine or an earlier version computed"],
    });
    await change({ engine: classifier.engine, input: { eliteId: "gone", regions: 4, paint: "mean" } });
    expect(await verify(runId)).toMatchObject({ verdict: "DIFFERENT", findings: [{ column: "analyses.input" }] });
  });

  it("is equal on another number of threads", async () => {
    const runId = await carriedOut(await seedRun(database, { seed: 5 }));
    await database.connection.run.update({
      where: { id: runId },
      data: { manifest: { engines: ["onnxruntime 1 CPU, 8 threads, AVX2", "onnxruntime 1 CPU, 1 thread, AVX2"] } },
    });
    const here = { ...classifier, engine: "onnxruntime 1 CPU, 2 threads, AVX2" };
    expect(await verify(runId, here)).toMatchObject({ verdict: "EQUAL", sameEnvironment: true });
    const other = { ...classifier, engine: "onnxruntime 1 CPU, 2 threads, AVX-512" };
    expect(await verify(runId, other)).toMatchObject({ verdict: "CLOSE", sameEnvironment: false, largestDifference: 0 });
  });

  it("differs at the generation and in the niche of a changed confidence, with both values", async () => {
    const runId = await carriedOut(await seedRun(database, { seed: 6 }));
    const elite = await database.connection.elite.findFirstOrThrow({
      where: { runId, generation: { gt: 2 } },
      orderBy: { generation: "asc" },
    });
    const changed = elite.fitness / 2 + 0.001;
    await database.connection.elite.update({ where: { id: elite.id }, data: { fitness: changed } });
    const { verdict, steps, difference } = await verify(runId);
    expect({ verdict, steps }).toEqual({ verdict: "DIFFERENT", steps: elite.generation + 1 });
    expect(difference).toMatchObject({
      step: elite.generation,
      partCount: 1,
      parts: [{ name: String(elite.niche), stored: changed, computed: elite.fitness }],
      reason: expect.stringContaining("do not match the stored hash"),
    });
  });

  it("differs from the first generation on if its seed was changed, and at a changed hash", async () => {
    const runId = await carriedOut(await seedRun(database, { seed: 7 }));
    await database.connection.run.update({ where: { id: runId }, data: { seed: 8 } });
    expect((await verify(runId)).difference).toMatchObject({ step: 0, reason: expect.stringContaining("do not match") });
    await database.connection.run.update({ where: { id: runId }, data: { seed: 7 } });
    await database.connection.generation.update({
      where: { runId_generation: { runId, generation: 9 } },
      data: { chainHash: "0".repeat(64) },
    });
    expect((await verify(runId)).difference).toMatchObject({
      step: 9,
      parts: [],
      reason: expect.stringContaining("The results are equal"),
    });
  });

  it("differs where another network computed it on the same engine", async () => {
    const runId = await carriedOut(await seedRun(database, { seed: 9 }));
    const other = createLinearClassifier({ input: classifier.input, classes: 5, seed: 2 });
    const { verdict, difference } = await verify(runId, other);
    expect(verdict).toBe("DIFFERENT");
    expect(difference).toMatchObject({ step: 0, reason: expect.stringContaining("computed again") });
    expect(difference?.partCount).toBeGreaterThan(0);
  });

  it.each(["direct", "cppn"])("is close on an engine with other last bits, although niches have other winners (%s)", async (encoding) => {
    const runId = await carriedOut(await seedRun(database, { seed: 10, encoding, generations: 40 }));
    const close = await verify(runId, elsewhere(5e-5));
    expect(close).toMatchObject({ verdict: "CLOSE", sameEnvironment: false, steps: 41, tolerance: 1e-4, difference: null });
    expect(close.largestDifference).toBeGreaterThan(1e-6);
    expect(close.largestDifference).toBeLessThanOrEqual(5e-5 + 1e-7);
  });

  it("differs on an engine whose confidences are wrong by more than the tolerance", async () => {
    const runId = await carriedOut(await seedRun(database, { seed: 11 }));
    const { verdict, difference } = await verify(runId, elsewhere(1e-2));
    expect({ verdict, step: difference?.step }).toEqual({ verdict: "DIFFERENT", step: 0 });
  });

  it("is equal after a retention rule removed its replaced elites, and differs in a current elite that was changed", async () => {
    const runId = await carriedOut(await seedRun(database, { seed: 14 }));
    const replaced = await database.connection.elite.count({ where: { runId, replacedAt: { not: null } } });
    expect(replaced).toBeGreaterThan(0);
    await trimRun(database, runId);
    const { verdict, notChecked } = await verify(runId);
    expect(verdict).toBe("EQUAL");
    expect(notChecked).toEqual([expect.stringContaining("whose replaced elites a retention rule removed")]);
    await expect(verify(runId, elsewhere(5e-5))).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("Verify it with"),
    });
    const elite = await database.connection.elite.findFirstOrThrow({ where: { runId } });
    await database.connection.elite.update({ where: { id: elite.id }, data: { fitness: elite.fitness / 2 } });
    expect((await verify(runId)).verdict).toBe("DIFFERENT");
  });

  it("is refused while it is queued, without a hash chain, and without its model, with what to do", async () => {
    const queued = await seedRun(database, {});
    await expect(verify(queued)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("has not ended yet") });
    const runId = await carriedOut(await seedRun(database, { seed: 12 }));
    const gone = verifyRun(runId, {
      database,
      objectStore,
      openClassifier: () => objectStore.get(imageKey("0".repeat(64))).then(() => classifier),
      cacheFolder: folder,
      signal: new AbortController().signal,
      log: silent,
      report: async () => undefined,
    });
    await expect(gone).rejects.toMatchObject({ code: "NOT_FOUND", message: expect.stringContaining("npm run store -- repair") });
    await database.connection.generation.updateMany({ where: { runId }, data: { chainHash: null } });
    await expect(verify(runId)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("no hash chain") });
  });
});

describe("an ascent", () => {
  const search = [
    { iterations: 8, decay: 0.1 },
    { iterations: 5, decay: 0 },
  ];

  it("is equal bit for bit, and differs in a changed trajectory", async () => {
    const runId = await carriedOut(await seedAscent(database, { search }));
    expect(await verify(runId)).toMatchObject({ verdict: "EQUAL", unit: "trajectories", steps: 8 });
    const row = await database.connection.trajectory.findFirstOrThrow({ where: { runId, configuration: 1, class: 3, start: 0 } });
    await database.connection.trajectory.update({ where: { id: row.id }, data: { confidence: row.confidence / 2 } });
    const { verdict, difference } = await verify(runId);
    expect(verdict).toBe("DIFFERENT");
    expect(difference).toMatchObject({
      step: 6,
      parts: [{ name: "configuration 2, 3, start 1", stored: row.confidence / 2, computed: row.confidence }],
    });
  });
});

describeInFull("a perturbation", () => {
  it("is equal bit for bit, and differs in a changed attack", async () => {
    const image: ByteImage = { width: 8, height: 8, channels: 1, pixels: Uint8Array.from({ length: 64 }, (_, i) => (i * 37) % 256) };
    const png = encodePng(image);
    const sha256 = createHash("sha256").update(png).digest("hex");
    await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
    const photo = { workspaceId: null, createdById: null, name: "A pattern", label: null, licence: "", source: "", idempotencyKey: null };
    const stored = { sha256, width: 8, height: 8, channels: 1, byteLength: png.length };
    await database.transaction((transaction) => createPhoto(transaction, { ...photo, image: stored }));
    const runId = await carriedOut(await seedPerturbation(database, { sourceSha256: sha256, bounds: [2, 16, 128] }));
    expect(await verify(runId)).toMatchObject({ verdict: "EQUAL", unit: "attacks", steps: 3 });
    const row = await database.connection.perturbation.findFirstOrThrow({ where: { runId, index: 1 } });
    await database.connection.perturbation.update({ where: { id: row.id }, data: { steps: row.steps + 1 } });
    expect((await verify(runId)).difference).toMatchObject({ step: 1, parts: [{ name: "bound 16" }] });
  });
});
