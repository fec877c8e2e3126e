/** An attack on a stored picture through the worker's task, on a real Postgres and a folder. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { type Database, openDatabase } from "@pareidolia/persistence/database";
import { openFolderStore } from "@pareidolia/persistence/objectStores/folderStore";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { decodePng, encodePng } from "@pareidolia/persistence/png";
import { createPhoto } from "@pareidolia/persistence/queries/photoQueries";
import { perturbRun } from "@pareidolia/workers/tasks/perturbRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedPerturbation } from "../../support/askedRuns.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-perturbation-"));
  objectStore = openFolderStore({ folder });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const context = (wish: Partial<Parameters<typeof evolveContext>[0]> = {}) => evolveContext({ database, objectStore, classifier, ...wish });
const readRun = (id: string) => database.connection.run.findUniqueOrThrow({ where: { id } });
const readResults = (runId: string) => database.connection.perturbation.findMany({ where: { runId }, orderBy: { index: "asc" } });

/** A picture of another size than the network reads, stored as a photo of the product. */
async function storePhoto(): Promise<string> {
  const pixels = Uint8Array.from({ length: 24 * 16 * 3 }, (_, i) => (i * 37) % 256);
  const image: ByteImage = { width: 24, height: 16, channels: 3, pixels };
  const png = encodePng(image);
  const sha256 = createHash("sha256").update(png).digest("hex");
  await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  const photo = { workspaceId: null, createdById: null, name: "A pattern", label: null, licence: "", source: "", idempotencyKey: null };
  await database.transaction((transaction) =>
    createPhoto(transaction, { ...photo, image: { sha256, width: 24, height: 16, channels: 3, byteLength: png.length } }),
  );
  return sha256;
}

describe("a perturbation", () => {
  it("stores a result a bound, measured on the stored pictures, never beyond its bound", async () => {
    const runId = await seedPerturbation(database, { sourceSha256: await storePhoto() });
    await perturbRun({ runId }, context());
    expect(await readRun(runId)).toMatchObject({ state: "SUCCEEDED", evaluations: 3 });
    const results = await readResults(runId);
    expect(results.map(({ bound }) => bound)).toEqual([2, 16, 128]);
    expect(results.at(-1)?.success).toBe(true);
    for (const row of results) {
      const [original, picture] = await Promise.all(
        [row.originalSha256, row.imageSha256].map(async (sha256) => decodePng(await objectStore.get(imageKey(sha256)))),
      );
      if (original === undefined || picture === undefined) throw new Error("A picture is missing.");
      expect([original.width, original.height, original.channels]).toEqual([8, 8, 1]);
      const differences = [...original.pixels].map((value, i) => Math.abs(value - (picture.pixels[i] as number)));
      expect(row.linf).toBe(Math.max(...differences));
      expect(row.linf).toBeLessThanOrEqual(row.bound as number);
      expect(row.l0).toBe(differences.filter((value) => value > 0).length);
      const { probabilities } = await classifier.predict([toFloatImage(original), toFloatImage(picture)]);
      expect(row.originalConfidence).toBeCloseTo(Math.max(...probabilities.subarray(0, 5)), 6);
      expect(row.storedConfidence).toBeCloseTo(Math.max(...probabilities.subarray(5)), 6);
      expect(row.success).toBe(row.originalClass !== row.storedClass);
    }
  });

  it("reaches a target, and says how sure the network is of it", async () => {
    const sourceSha256 = await storePhoto();
    const { probabilities } = await classifier.predict([]);
    expect(probabilities.length).toBe(0);
    const runId = await seedPerturbation(database, { sourceSha256, target: 4, bounds: [200] });
    await perturbRun({ runId }, context());
    const [result] = await readResults(runId);
    expect(result).toMatchObject({ success: true, storedClass: 4 });
    expect(result?.storedTargetConfidence).toBe(result?.storedConfidence);
  });

  it("does only what is missing when it is stopped between two bounds", async () => {
    const runId = await seedPerturbation(database, { sourceSha256: await storePhoto() });
    const stop = new AbortController();
    // The first attack stores two pictures and scores them together; nothing else predicts.
    const stopping = createLinearClassifier({ input: classifier.input, classes: 5, duringPredict: () => stop.abort() });
    await perturbRun({ runId }, context({ classifier: stopping, stop: stop.signal }));
    expect((await readRun(runId)).state).toBe("QUEUED");
    const first = await readResults(runId);
    expect(first.length).toBe(1);
    await perturbRun({ runId }, context());
    const all = await readResults(runId);
    expect(all.length).toBe(3);
    expect(all[0]).toEqual(first[0]);
    expect((await readRun(runId)).state).toBe("SUCCEEDED");
  });
});
