/** A whole MNIST run on tfjs-node-gpu: from the queued run to an archive whose scores the reference engine reproduces. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { toFloatImage } from "@pareidolia/core/image";
import { decodePng } from "@pareidolia/images/png";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { readyEngines } from "../../support/engineCases.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";
import { skippedFor } from "../../support/skippedFor.ts";

const native = "tfjs-node-gpu";
const ready = await readyEngines();
const cacheFolder = sharedCacheFolder();
const digits = { name: "Digits", description: "", licence: "MIT", source: "test", sha256: "0".repeat(64) };
const model = { ...digits, id: "lenet", width: 28, height: 28, channels: 1, labels: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] };

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-native-"));
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const reason = ready.includes(native) ? null : `${native} is not ready`;

describe("a whole MNIST run on the native tfjs engine", skippedFor(reason), () => {
  it("fills its archive with images whose stored scores the reference engine reproduces", async () => {
    const objectStore = openFolderStore({ folder });
    const classifier = await openZooClassifier({ id: "lenet", cacheFolder, engine: native });
    const reference = await openZooClassifier({ id: "lenet", cacheFolder, engine: "onnxruntime-cpu" });
    try {
      const runId = await seedRun(database, { model, generations: 40, offspring: 100 });
      await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier, checkpointSeconds: 1 }));
      const run = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
      expect(run).toMatchObject({ state: "SUCCEEDED", generation: 40, evaluations: 4100 });
      expect(run.manifest).toMatchObject({ engines: [expect.stringContaining("tfjs-node-gpu 4.22.0 on TensorFlow 2.15.1")] });

      const elites = await database.connection.elite.findMany({ where: { runId, replacedAt: null }, include: { genome: true } });
      expect(elites.map(({ niche }) => niche).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, label) => label));
      for (const { niche, storedFitness, genome } of elites) {
        const image = toFloatImage(decodePng(await objectStore.get(imageKey(genome.imageSha256))));
        const { probabilities } = await reference.predict([image]);
        expect(Math.abs((probabilities[niche] as number) - storedFitness)).toBeLessThan(1e-4);
      }
      const first = await database.connection.generation.findFirstOrThrow({ where: { runId, generation: 0 } });
      expect(run.median).toBeGreaterThan(first.median ?? 1);
    } finally {
      await classifier.dispose();
      await reference.dispose();
    }
  });
});
