/** Detectors on runs that score crops, on a real engine, and on archives with more images than are kept in memory. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { detectors } from "@pareidolia/analysis/kinds/detectors";
import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage } from "@pareidolia/core/image";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import { encodePng } from "@pareidolia/images/png";
import type { Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int } from "@pareidolia/onnx/graphBuilder";
import { claimAnalysis } from "@pareidolia/persistence/lab/analyses/analysisWork";
import { requestAnalysis } from "@pareidolia/persistence/lab/analyses/requestAnalysis";
import { findArchiveAt } from "@pareidolia/persistence/lab/elites/readElites";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { task } from "@pareidolia/workers/analyses/kinds/detectors";
import type { OpenClassifier } from "@pareidolia/workers/classifierShelf";
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
const photos = 6;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-detectors-"));
  objectStore = openFolderStore({ folder });
  for (let index = 0; index < photos; index++) await storeBrightPhoto(index);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

/** Stores a reference photograph that is brighter than any image of a short evolution from noise. */
async function storeBrightPhoto(index: number): Promise<void> {
  const image: ByteImage = { width: 20, height: 20, channels: 3, pixels: new Uint8Array(1200).fill(225 + index) };
  const png = encodePng(image);
  const sha256 = createHash("sha256").update(png).digest("hex");
  await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  const photo = {
    workspaceId: null,
    createdById: null,
    name: `Bright ${index}`,
    label: null,
    licence: "",
    source: "",
    idempotencyKey: null,
  };
  await database.transaction((transaction) =>
    createPhoto(transaction, { ...photo, image: { sha256, width: 20, height: 20, channels: 3, byteLength: png.length } }),
  );
}

const request = async (runId: string, generation: number, generations: number): Promise<string> => {
  const question = { kind: "detectors", runId, modelId: null, input: { runId, generation, generations }, again: false };
  const owner = { workspaceId: localWorkspaceId, createdById: localUserId };
  return (await database.transaction((transaction) => requestAnalysis(transaction, { ...owner, ...question }))).id;
};

/** All logits grow with the image's brightness, each at its own rate, plus a pattern for the evolution to find. */
function brightnessNetwork(side: number, classes: number): Graph {
  const builder = new GraphBuilder("brightness");
  const pixels = builder.input({ name: "x", type: "float32", dims: ["n", 1, side, side] });
  const size = side * side;
  const weights = Float32Array.from({ length: size * classes }, (_, i) => {
    const [pixel, label] = [Math.floor(i / classes), i % classes];
    return (0.04 + 0.01 * label + (pixel % classes === label ? 0.02 : 0)) / size;
  });
  const rows = builder.node("Flatten", "rows", [pixels], { axis: int(1) });
  const logits = builder.node("MatMul", "y", [rows, builder.floats("weights", [size, classes], weights)]);
  builder.output({ name: logits, type: "float32", dims: ["n", classes] });
  return builder.build();
}

describe("detectors on a run with crops", () => {
  const { labels, width, height } = testModel;
  const preprocessing: Preprocessing = { width, height, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] };
  const opened = new Map<string, Promise<DifferentiableClassifier>>();
  const open = (framing: Framing): Promise<DifferentiableClassifier> => {
    const key = JSON.stringify(framing);
    const known =
      opened.get(key) ?? openClassifier({ graph: brightnessNetwork(width, labels.length), preprocessing, framing, labels, threads: 1 });
    opened.set(key, known);
    return known;
  };
  afterAll(async () => {
    for (const classifier of opened.values()) await (await classifier).dispose();
  });

  it.each([1, 10] as const)("separate images by the network's logits with this number of crops: %d", async (count) => {
    const framing = { kind: "crops", count, imageSize: 12 } as const;
    const opening: OpenClassifier = (model) => open(model.framing);
    const context = {
      ...evolveContext({ database, objectStore, classifier: await open(framing), openClassifier: opening }),
      cacheFolder: folder,
    };
    const runId = await seedRun(database, { framing, generations: 2 });
    await carryOutRun({ runId }, context);
    const id = await request(runId, 2, 2);
    await analyse({ analysisId: id }, context);
    const { failure, result } = await database.connection.analysis.findUniqueOrThrow({ where: { id } });
    expect(failure).toBeNull();
    const { points } = result as { points: { detector: string; generation: number; auroc: number; falsePositiveRate: number }[] };
    const rows = points.map(({ detector, generation, auroc, falsePositiveRate }) => [detector, generation, auroc, falsePositiveRate]);
    for (const detector of ["energy", "odin"])
      expect(rows.filter(([name]) => name === detector)).toEqual([
        [detector, 0, 1, 0],
        [detector, 2, 1, 0],
      ]);
  });
});

describe("detectors on large archives", () => {
  it("read each distinct image once, and keep few in memory, however many generations are requested", async () => {
    const classes = 120;
    const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes });
    const model = { ...testModel, id: "many", sha256: "4".repeat(64), labels: classifier.labels };
    const generations = 3;
    const runId = await seedRun(database, { model, generations, offspring: 80 });
    const context = evolveContext({ database, objectStore, classifier });
    await carryOutRun({ runId }, context);
    const read: string[] = [];
    let held = 0;
    let mostHeld = 0;
    const counting: ObjectStore = {
      ...objectStore,
      get: (key) => {
        read.push(key);
        mostHeld = Math.max(mostHeld, ++held);
        return objectStore.get(key);
      },
    };
    const reports: { done: number; total: number }[] = [];
    const claimed = await claimAnalysis(database.connection, await request(runId, generations, generations + 1));
    if (claimed === null) throw new Error("It was not claimed.");
    const result = await task.analyse(claimed.analysis.input, {
      ...context,
      scope: claimed.scope,
      objectStore: counting,
      cacheFolder: folder,
      signal: context.stop,
      async report(progress) {
        held = 0;
        reports.push(progress);
      },
    });
    const { points } = detectors.readResult(result);
    const elites = await database.connection.elite.findMany({ where: { runId }, include: { genome: true } });
    const different = new Set(elites.map(({ genome }) => genome.imageSha256)).size;
    expect(different).toBeGreaterThan(100);
    expect(read.length).toBe(photos + different);
    expect(new Set(read).size).toBe(read.length);
    expect(mostHeld).toBeLessThanOrEqual(50);
    expect(reports.at(-1)).toEqual({ done: photos + different, total: photos + different });
    // An image that holds several niches counts once in each generation.
    const archives = await Promise.all(
      Array.from({ length: generations + 1 }, (_, generation) => findArchiveAt(database.connection, { runId, generation })),
    );
    const images = archives.map((archive) => new Set(archive.map(({ image }) => image.sha256)).size);
    expect(images[0]).toBeLessThan(classes);
    expect(points.map(({ images: count }) => count)).toEqual([...images, ...images, ...images]);
    for (const { auroc, aurocLow, aurocHigh } of points) {
      expect(aurocLow).toBeLessThanOrEqual(auroc);
      expect(aurocHigh).toBeGreaterThanOrEqual(auroc);
    }
  });
});
