/** A whole run on a real S3 server: its images can be read back, and it matches the same run on the folder store. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { decodePng } from "@pareidolia/images/png";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import type { S3Server } from "../../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../../support/s3/startS3Server.ts";
import { skippedFor } from "../../support/skippedFor.ts";

let testDatabase: TestDatabase;
let database: Database;
let server: S3Server;
let folder: string;

beforeAll(async () => {
  server = await startS3Server();
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-run-"));
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
  await server.stop();
});

it("a run on S3 produces the same archive and images as on the folder store", skippedFor(withoutS3), async () => {
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const stores = [await openS3Store({ ...server, bucket: freshBucket() }), openFolderStore({ folder })];
  const outcomes = [];
  for (const objectStore of stores) {
    const runId = await seedRun(database, { seed: 21 });
    await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier }));
    const { state, archiveHash } = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    const genomes = await database.connection.genome.findMany({ where: { runId }, orderBy: [{ generation: "asc" }, { index: "asc" }] });
    const images = [];
    for (const { imageSha256 } of genomes) {
      const png = await objectStore.get(imageKey(imageSha256));
      expect(createHash("sha256").update(png).digest("hex")).toBe(imageSha256);
      expect(decodePng(png)).toMatchObject({ width: 8, height: 8, channels: 1 });
      images.push(imageSha256);
    }
    outcomes.push({ state, archiveHash, images });
  }
  const [onS3, inFolder] = outcomes;
  expect(onS3).toMatchObject({ state: "SUCCEEDED" });
  expect(onS3?.images.length).toBeGreaterThan(5);
  expect(onS3).toEqual(inFolder);
});
