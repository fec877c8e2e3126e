/** Analyses through the worker's task, on an evolved archive, a real Postgres and a folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { jpegRoundTrip } from "@pareidolia/images/jpegRoundTrip";
import { decodePng } from "@pareidolia/images/png";
import {
  claimAnalysis,
  failAnalysis,
  finishAnalysis,
  handBackAnalysis,
  requeueAnalyses,
} from "@pareidolia/persistence/lab/analyses/analysisWork";
import { type NewAnalysis, requestAnalysis } from "@pareidolia/persistence/lab/analyses/requestAnalysis";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey, missingObject, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { storeOutage } from "@pareidolia/persistence/server/objectStores/storeOutage";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { storeSamplePhotos } from "@pareidolia/workers/photos/storeSamplePhotos";
import { type AnalyseContext, analyse } from "@pareidolia/workers/tasks/analyse.task";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
let runId: string;
const input = { width: 8, height: 8, channels: 1 } as const;
const classifier = createLinearClassifier({ input, classes: 5 });
const other = createLinearClassifier({ input, classes: 5, seed: 2 });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-analyses-"));
  objectStore = openFolderStore({ folder });
  runId = await seedRun(database);
  await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier }));
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const context = (overrides: Partial<AnalyseContext> = {}): AnalyseContext => ({
  ...evolveContext({ database, objectStore, classifier }),
  cacheFolder: folder,
  openClassifier: async ({ slug }) => (slug === "linear" ? classifier : other),
  ...overrides,
});
const readAnalysis = (id: string) => database.connection.analysis.findUniqueOrThrow({ where: { id } });
const request = (question: Omit<NewAnalysis, "workspaceId" | "createdById"> & { again?: boolean }) =>
  database.transaction((transaction) =>
    requestAnalysis(transaction, { workspaceId: localWorkspaceId, createdById: localUserId, again: false, ...question }),
  );

describe("an ablation", () => {
  it("returns the confidence of the stored image with each region covered", async () => {
    const elite = await database.connection.elite.findFirstOrThrow({
      where: { runId, niche: 2, replacedAt: null },
      include: { genome: true },
    });
    const question = { kind: "ablation", runId, modelId: null, input: { eliteId: elite.id, regions: 4, paint: "grey" } } as const;
    const { id, enqueue } = await request(question);
    expect(enqueue).toBe(true);
    await analyse({ analysisId: id }, context());
    const { state, result } = await readAnalysis(id);
    expect(state).toBe("SUCCEEDED");
    const { confidence, regions } = result as {
      confidence: number;
      regions: { x: number; y: number; width: number; confidence: number }[];
    };
    expect(confidence).toBeCloseTo(elite.storedFitness, 6);
    expect(regions.length).toBe(16);
    const image = toFloatImage(decodePng(await objectStore.get(imageKey(elite.genome.imageSha256))));
    const [, second] = regions;
    if (second === undefined) throw new Error("There is no second region.");
    for (let y = second.y; y < second.y + 2; y++) for (let x = second.x; x < second.x + 2; x++) image.pixels[y * 8 + x] = 128;
    expect(second.confidence).toBeCloseTo((await classifier.predict([image])).probabilities[2] as number, 6);
    expect(await request(question)).toEqual({ id, enqueue: false });
  });

  it("fails with a message if its elite is missing, and can be requested again", async () => {
    const question = { kind: "ablation", runId: null, modelId: null, input: { eliteId: "gone", regions: 4, paint: "mean" } } as const;
    const { id } = await request(question);
    await analyse({ analysisId: id }, context());
    expect(await readAnalysis(id)).toMatchObject({ state: "FAILED", failure: "This elite no longer exists. Choose another elite." });
    expect(await request(question)).toEqual({ id, enqueue: true });
  });
});

describe("survival", () => {
  it("returns the confidence and a thumbnail of the stored image after each distortion", async () => {
    const elite = await database.connection.elite.findFirstOrThrow({
      where: { runId, niche: 1, replacedAt: null },
      include: { genome: true },
    });
    const { id } = await request({ kind: "survival", runId, modelId: null, input: { eliteId: elite.id } });
    await analyse({ analysisId: id }, context());
    const { state, result } = await readAnalysis(id);
    expect(state).toBe("SUCCEEDED");
    const { confidence, curves } = result as {
      confidence: number;
      curves: {
        distortion: string;
        points: { level: number; confidence: number; topClass: number; topLabel: string; thumbnail: string }[];
      }[];
    };
    expect(confidence).toBeCloseTo(elite.storedFitness, 6);
    expect(curves.map(({ distortion }) => distortion)).toEqual(["jpeg", "resize", "blur", "crop"]);
    const image = decodePng(await objectStore.get(imageKey(elite.genome.imageSha256)));
    const score = async (shown: ByteImage) => (await classifier.predict([toFloatImage(shown)])).probabilities[1] as number;
    const shownAt = (curve: number, level: number) => {
      const point = curves[curve]?.points.find((each) => each.level === level);
      if (point === undefined) throw new Error("There is no such level.");
      return { point, image: decodePng(Buffer.from(point.thumbnail.replace("data:image/png;base64,", ""), "base64")) };
    };
    // An image of 8 x 8 pixels is its own thumbnail, so the thumbnail is the scored image.
    for (const [curve, level] of [
      [0, 10],
      [1, 50],
      [2, 1],
      [3, 70],
    ] as const) {
      const { point, image } = shownAt(curve, level);
      expect(point.confidence).toBeCloseTo(await score(image), 6);
      expect(point.topLabel).toBe(testModel.labels[point.topClass]);
    }
    expect([...shownAt(0, 10).image.pixels]).toEqual([...(await jpegRoundTrip(image, 10)).pixels]);
    expect([...shownAt(0, 10).image.pixels]).not.toEqual([...image.pixels]);
  });
});

describe("transfer", () => {
  it("scores each new pair once, and skips networks with other classes", async () => {
    await seedModels(database.connection, [
      { ...testModel, id: "twin", sha256: "1".repeat(64) },
      { ...testModel, id: "stranger", sha256: "2".repeat(64), labels: ["a", "b", "c", "d", "e"] },
    ]);
    const twin = await database.connection.model.findFirstOrThrow({ where: { slug: "twin" } });
    const stranger = await database.connection.model.findFirstOrThrow({ where: { slug: "stranger" } });
    const { id } = await request({ kind: "transfer", runId: null, modelId: null, input: { runIds: [runId] }, again: true });
    await analyse({ analysisId: id }, context());
    const elites = await database.connection.elite.findMany({ where: { runId, replacedAt: null }, include: { genome: true } });
    const hashes = [...new Set(elites.map(({ genome }) => genome.imageSha256))];
    expect(await readAnalysis(id)).toMatchObject({ state: "SUCCEEDED", result: { scored: hashes.length, models: 2, skipped: [] } });
    const scores = await database.connection.score.findMany({ where: { modelId: twin.id } });
    expect(scores.map(({ imageSha256 }) => imageSha256).sort()).toEqual([...hashes].sort());
    for (const score of scores) {
      const image = toFloatImage(decodePng(await objectStore.get(imageKey(score.imageSha256))));
      const { probabilities } = await other.predict([image]);
      expect(score.topConfidence).toBeCloseTo(Math.max(...probabilities), 6);
    }
    expect(await database.connection.score.count({ where: { modelId: stranger.id } })).toBe(0);
    expect(await request({ kind: "transfer", runId: null, modelId: null, input: { runIds: [runId] }, again: true })).toEqual({
      id,
      enqueue: true,
    });
    await analyse({ analysisId: id }, context());
    expect(await readAnalysis(id)).toMatchObject({ state: "SUCCEEDED", result: { scored: 0 } });
  });

  it("fails with the reason during an outage of the object store, and blames no model", async () => {
    const unavailable: ObjectStore = {
      ...objectStore,
      get: async () => {
        throw storeOutage("The S3 server does not answer.");
      },
    };
    await database.connection.score.deleteMany({ where: { model: { slug: "twin" } } });
    const { id } = await request({ kind: "transfer", runId: null, modelId: null, input: { runIds: [runId] }, again: true });
    await analyse({ analysisId: id }, context({ objectStore: unavailable }));
    expect(await readAnalysis(id)).toMatchObject({ state: "FAILED", failure: expect.stringContaining("The S3 server does not answer.") });
  });

  it("scores every other image if the store has lost one", async () => {
    const { id } = await request({ kind: "transfer", runId: null, modelId: null, input: { runIds: [runId] }, again: true });
    const elites = await database.connection.elite.findMany({ where: { runId, replacedAt: null }, include: { genome: true } });
    const hashes = [...new Set(elites.map(({ genome }) => genome.imageSha256))];
    const lossy: ObjectStore = {
      ...objectStore,
      get: async (key) => {
        if (key === imageKey(hashes[0] as string)) throw missingObject(key);
        return objectStore.get(key);
      },
    };
    await database.connection.score.deleteMany({ where: { model: { slug: "twin" } } });
    await analyse({ analysisId: id }, context({ objectStore: lossy }));
    expect(await readAnalysis(id)).toMatchObject({ state: "SUCCEEDED", result: { scored: hashes.length - 1, skipped: [] } });
  });

  it("is requeued when its worker stops, and taken over when its worker is lost", async () => {
    const { id } = await request({ kind: "transfer", runId: null, modelId: null, input: { runIds: [runId, runId] } });
    const stop = new AbortController();
    const stopping = async () => {
      stop.abort();
      throw new DOMException("stopped", "AbortError");
    };
    await database.connection.score.deleteMany({ where: { model: { slug: "twin" } } });
    await analyse({ analysisId: id }, context({ stop: stop.signal, openClassifier: stopping }));
    expect((await readAnalysis(id)).state).toBe("QUEUED");
    await database.connection.analysis.update({
      where: { id },
      data: { state: "RUNNING", attempts: 1, heartbeatAt: new Date(Date.now() - 60_000) },
    });
    expect(await database.transaction(requeueAnalyses)).toEqual([{ id, kind: "transfer" }]);
    await analyse({ analysisId: id }, context());
    expect((await readAnalysis(id)).state).toBe("SUCCEEDED");
  });
});

describe("an analysis that cannot write its progress", () => {
  /** The same database, which calls `report` instead of writing progress. */
  const reportingTo = (report: () => Promise<number>): Database => ({
    ...database,
    connection: new Proxy(database.connection, {
      get(target, name) {
        if (name !== "$executeRaw") return Reflect.get(target, name);
        return (strings: TemplateStringsArray, ...values: unknown[]) =>
          strings[0]?.includes("UPDATE analyses SET heartbeat_at = now(), done = ") ? report() : target.$executeRaw(strings, ...values);
      },
    }),
  });
  const askAgain = async (): Promise<string> => {
    await seedModels(database.connection, [{ ...testModel, id: "twin", sha256: "1".repeat(64) }]);
    await database.connection.score.deleteMany({ where: { model: { slug: "twin" } } });
    return (await request({ kind: "transfer", runId: null, modelId: null, input: { runIds: [runId] }, again: true })).id;
  };

  it("succeeds despite a brief failure of the database", async () => {
    const id = await askAgain();
    let reports = 0;
    const flaky = reportingTo(async () => {
      if (++reports > 1) return 1;
      throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    });
    await analyse({ analysisId: id }, context({ database: flaky }));
    // The first report was lost, so a second one follows at the end.
    expect(reports).toBe(2);
    const { state, failure, result } = await readAnalysis(id);
    expect([state, failure, result]).toEqual(["SUCCEEDED", null, expect.objectContaining({ skipped: [] })]);
    expect((result as { scored: number }).scored).toBeGreaterThan(0);
  });

  it("stops without changing its row after another worker has taken over", async () => {
    const id = await askAgain();
    const takenOver = reportingTo(async () => {
      await database.connection.analysis.update({ where: { id }, data: { claimToken: "another" } });
      return 0;
    });
    const warnings: string[] = [];
    const log = { info() {}, error() {}, warn: (_: object, message: string) => void warnings.push(message) };
    await analyse({ analysisId: id }, context({ database: takenOver, log }));
    expect(await readAnalysis(id)).toMatchObject({ state: "RUNNING", claimToken: "another", result: null, failure: null });
    expect(warnings).toEqual(["analysis was cancelled, or another worker has it now"]);
  });
});

describe("an analysis that was taken over", () => {
  it("is written only by its new holder", async () => {
    const { id } = await request({ kind: "transfer", runId: null, modelId: null, input: { runIds: [runId, runId, runId] } });
    const { connection } = database;
    const earlier = await claimAnalysis(connection, id);
    await connection.analysis.update({ where: { id }, data: { heartbeatAt: new Date(Date.now() - 60_000) } });
    const later = await claimAnalysis(connection, id);
    if (earlier === null || later === null) throw new Error("It was not claimed.");
    await failAnalysis(connection, earlier.claim, "Its worker woke up.");
    await handBackAnalysis(connection, earlier.claim);
    await finishAnalysis(connection, earlier.claim, { result: { stale: true }, engine: null });
    expect(await readAnalysis(id)).toMatchObject({ state: "RUNNING", failure: null, result: null });
    await finishAnalysis(connection, later.claim, { result: { scored: 0 }, engine: null });
    expect(await readAnalysis(id)).toMatchObject({ state: "SUCCEEDED", result: { scored: 0 } });
  });
});

describe("detectors by generation", () => {
  const question = () => ({
    kind: "detectors",
    runId,
    modelId: null,
    input: { runId, generation: 12, generations: 3 },
  });

  it("ask for photographs if there are none to compare with, and otherwise measure each detector at each generation", async () => {
    const { id } = await request(question());
    await analyse({ analysisId: id }, context());
    expect(await readAnalysis(id)).toMatchObject({ state: "FAILED", failure: expect.stringContaining("photographs") });
    const stop = new AbortController().signal;
    await storeSamplePhotos({ database, objectStore, cacheFolder: sharedCacheFolder(), log: context().log, stop });
    expect((await request(question())).id).toBe(id);
    await analyse({ analysisId: id }, context());
    const { state, failure, result } = await readAnalysis(id);
    expect([state, failure]).toEqual(["SUCCEEDED", null]);
    const { points } = result as { points: { generation: number; detector: string; auroc: number; references: number }[] };
    expect(points.map(({ generation }) => generation)).toEqual([0, 6, 12, 0, 6, 12, 0, 6, 12]);
    expect(new Set(points.map(({ detector }) => detector)).size).toBe(3);
    for (const { auroc, references } of points) {
      expect(auroc).toBeGreaterThanOrEqual(0);
      expect(auroc).toBeLessThanOrEqual(1);
      expect(references).toBe(7);
    }
    // The confidence of fooling images rises, so it separates them from photographs less and less.
    const softmax = points.filter(({ detector }) => detector === "maximum-softmax");
    expect(softmax.at(-1)?.auroc).toBeLessThanOrEqual(softmax[0]?.auroc as number);
  });
});
