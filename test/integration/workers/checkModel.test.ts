/** Models that people bring, through the worker's task: looked at in a process of its own, opened, measured, or refused with a reason. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, openDatabase } from "@pareidolia/persistence/database";
import { openFolderStore } from "@pareidolia/persistence/objectStores/folderStore";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { createModel } from "@pareidolia/persistence/queries/createModel";
import { labelSpaceOf } from "@pareidolia/persistence/labelSpace";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/seed";
import { storedClassifiers } from "@pareidolia/workers/storedClassifiers";
import { checkModel } from "@pareidolia/workers/tasks/checkModel.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
const unused = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 2 });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await seedLocalOwner(database.connection);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-models-"));
  objectStore = openFolderStore({ folder });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

async function bring(bytes: Uint8Array, labels: readonly string[]): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await objectStore.put(fileKey(sha256), bytes, { contentType: "application/octet-stream" });
  const { id } = await database.transaction((transaction) =>
    createModel(transaction, {
      workspaceId: localWorkspaceId,
      createdById: localUserId,
      name: "Mine",
      description: "",
      licence: "",
      source: "Uploaded",
      sha256,
      byteLength: bytes.length,
      labels,
      labelSpace: labelSpaceOf(labels),
      preprocessing: { width: 28, height: 28, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
      idempotencyKey: null,
    }),
  );
  return id;
}

const lines: object[] = [];

async function check(id: string) {
  const opened: { dispose(): Promise<void> }[] = [];
  const log = { info: (details: object) => lines.push(details), warn: () => undefined, error: () => undefined };
  const load = storedClassifiers({ cacheFolder: folder, threads: 1, objectStore, log });
  const context = evolveContext({
    database,
    objectStore,
    classifier: unused,
    openClassifier: async (model) => {
      const classifier = await load(model);
      opened.push(classifier);
      return classifier;
    },
  });
  await checkModel({ modelId: id }, context);
  for (const classifier of opened) await classifier.dispose();
  return database.connection.model.findUniqueOrThrow({ where: { id } });
}

describe("a model that somebody brought", () => {
  it("is available once it was looked at, opened and measured", async () => {
    const lenet = await readFile(new URL("../../../packages/classifiers/models/lenet.onnx", import.meta.url));
    const model = await check(await bring(lenet, digits));
    expect(model).toMatchObject({ state: "AVAILABLE", refusal: null });
    expect(model.report).toMatchObject({ format: "onnx", classes: 10, input: { width: 28, height: 28, channels: 1 } });
    const [engine] = (model.report as { engines: { engine: string; scores: number; gradients: number }[] }).engines;
    expect(engine?.scores).toBeGreaterThan(0);
    expect(engine?.gradients).toBeGreaterThan(0);
    expect(lines.at(-1)).toMatchObject({
      model: model.slug,
      engine: { id: expect.any(String), description: expect.stringMatching(/\d+\.\d+/), reason: expect.stringMatching(/\w/) },
    });
  });

  it("is refused with a reason when its labels are not as many as its classes", async () => {
    const lenet = await readFile(new URL("../../../packages/classifiers/models/lenet.onnx", import.meta.url));
    const model = await check(await bring(lenet, digits.slice(0, 9)));
    expect(model.state).toBe("REFUSED");
    expect(model.refusal).toMatch(/9|10/);
  });

  it("is refused with a reason when it is no model", async () => {
    const model = await check(await bring(Buffer.from("This is a letter and no network."), digits));
    expect(model.state).toBe("REFUSED");
    expect(model.refusal?.length).toBeGreaterThan(10);
    expect(model.refusal).not.toMatch(/\bat .*:\d+:\d+|\/work\/|node_modules/);
  });
});
