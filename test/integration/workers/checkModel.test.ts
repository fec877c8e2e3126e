/** User models through the worker's task: inspected in a separate process, opened and measured, or refused with a reason. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { createModel, markModelChecking, type NewModel } from "@pareidolia/persistence/lab/models/createModel";
import { labelSpaceOf } from "@pareidolia/persistence/lab/models/labelSpace";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { storedClassifiers } from "@pareidolia/workers/storedClassifiers";
import { checkModel } from "@pareidolia/workers/tasks/checkModel.task";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { findLeaks } from "../../support/leaks.ts";
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

const lenetFile = () => readFile(new URL("../../../packages/classifiers/models/lenet.onnx", import.meta.url));
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function upload(bytes: Uint8Array, labels: readonly string[]): Promise<string> {
  const sha256 = sha256Of(bytes);
  await objectStore.put(fileKey(sha256), bytes, { contentType: "application/octet-stream" });
  return register({ file: { sha256, byteLength: bytes.length }, url: null, labels });
}

async function register({ labels, ...where }: Pick<NewModel, "file" | "url" | "labels">): Promise<string> {
  const { id } = await database.transaction((transaction) =>
    createModel(transaction, {
      workspaceId: localWorkspaceId,
      createdById: localUserId,
      name: "Mine",
      description: "",
      licence: "",
      source: "Uploaded",
      ...where,
      labels,
      labelSpace: labelSpaceOf(labels),
      preprocessing: { width: 28, height: 28, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
      idempotencyKey: null,
    }),
  );
  return id;
}

const lines: object[] = [];

async function check(id: string, allowLoopback = false) {
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
  await checkModel({ modelId: id }, { ...context, allowLoopback });
  for (const classifier of opened) await classifier.dispose();
  return database.connection.model.findUniqueOrThrow({ where: { id } });
}

describe("an uploaded model", () => {
  it("is available once it has been inspected, opened and measured", async () => {
    const lenet = await lenetFile();
    const model = await check(await upload(lenet, digits));
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

  it("is refused with a reason if it has more classes than labels", async () => {
    const lenet = await lenetFile();
    const model = await check(await upload(lenet, digits.slice(0, 9)));
    expect(model.state).toBe("REFUSED");
    expect(model.refusal).toMatch(/9|10/);
  });

  it("is refused with a reason if it is not a model", async () => {
    const model = await check(await upload(Buffer.from("This is a letter and no network."), digits));
    expect(model.state).toBe("REFUSED");
    expect(model.refusal?.length).toBeGreaterThan(10);
    expect(findLeaks(model.refusal ?? "")).toEqual([]);
  });
});

describe("a model whose check fails unexpectedly", () => {
  const failing = (error: Error) => ({ ...unused, dispose: async () => undefined, inputGradients: () => Promise.reject(error) });
  const checkWith = async (id: string, open: () => Promise<typeof unused>) => {
    const context = evolveContext({ database, objectStore, classifier: unused, openClassifier: open });
    await checkModel({ modelId: id }, context);
    return database.connection.model.findUniqueOrThrow({ where: { id } });
  };

  it.each([
    ["a failed memory allocation", new RangeError("Array buffer allocation failed")],
    ["a crashed inference thread", new AppError("UNAVAILABLE", "An inference thread has stopped")],
  ])("is refused immediately, without a retry, after %s", async (_, error) => {
    const id = await upload(await lenetFile(), digits);
    const model = await checkWith(id, async () => failing(error));
    expect(model).toMatchObject({ state: "REFUSED", refusal: expect.stringMatching(/computing its scores and gradients failed/) });
  });

  it("is refused with a message after any other unexpected error", async () => {
    const id = await upload(await lenetFile(), digits);
    const model = await checkWith(id, () => Promise.reject(new TypeError("x is not a function")));
    expect(model).toMatchObject({ state: "REFUSED", refusal: expect.stringMatching(/unexpected error/) });
  });

  it("is left for a retry during an outage of the object store", async () => {
    const id = await upload(await lenetFile(), digits);
    const outage = new AppError("UNAVAILABLE", "The object store does not answer.");
    await expect(checkWith(id, () => Promise.reject(outage))).rejects.toBe(outage);
    expect(await database.connection.model.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "CHECKING" });
  });
});

describe("a model given by its URL", () => {
  const registerUrl = (url: string, labels: readonly string[] = digits) => register({ file: null, url, labels });
  let requests: string[] = [];
  let bytes: Uint8Array;
  let at: (path: string) => string;
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    if (request.url === "/lenet.onnx") response.end(bytes);
    else if (request.url === "/inwards") response.writeHead(302, { location: "https://10.0.0.1/model.onnx" }).end();
    else if (request.url === "/metadata") response.writeHead(307, { location: "https://169.254.169.254/latest/meta-data/" }).end();
    else response.writeHead(404).end();
  });

  beforeAll(async () => {
    bytes = await lenetFile();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    at = (name) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${name}`;
  });
  beforeEach(() => {
    requests = [];
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it("is downloaded once, stored under its hash, inspected like an upload, and not downloaded again", async () => {
    const sha256 = sha256Of(bytes);
    const id = await registerUrl(at("/lenet.onnx"));
    const model = await check(id, true);
    expect(model).toMatchObject({ state: "AVAILABLE", refusal: null, sha256, byteLength: bytes.length, url: at("/lenet.onnx") });
    expect(model.report).toMatchObject({ format: "onnx", classes: 10 });
    expect(sha256Of(await objectStore.get(fileKey(sha256)))).toBe(sha256);
    await database.transaction((transaction) => markModelChecking(transaction, id));
    expect(await check(id, true)).toMatchObject({ state: "AVAILABLE", sha256 });
    expect(requests).toEqual(["/lenet.onnx"]);
  });

  it.each([
    ["https://192.168.0.1/model.onnx", /not a host on the public internet/],
    ["https://[fd00::1]/model.onnx", /not a host on the public internet/],
    ["http://models.example.org/model.onnx", /only https/],
    ["file:///etc/passwd", /only https/],
  ])("is refused with a message for %s", async (url, refusal) => {
    expect(await check(await registerUrl(url))).toMatchObject({
      state: "REFUSED",
      refusal: expect.stringMatching(refusal),
      sha256: "",
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ["/inwards", /not a host on the public internet/],
    ["/metadata", /not a host on the public internet/],
    ["/missing", /answered 404/],
  ])("is refused with a message for the server's response to %s", async (name, refusal) => {
    expect(await check(await registerUrl(at(name)), true)).toMatchObject({ state: "REFUSED", refusal: expect.stringMatching(refusal) });
    expect(requests).toEqual([name]);
  });

  it("is not downloaded from this machine unless a setting allows it", async () => {
    expect(await check(await registerUrl(at("/lenet.onnx")))).toMatchObject({ state: "REFUSED", sha256: "" });
    expect(requests).toEqual([]);
  });

  it("is refused without keeping a file that is not a model, and is downloaded again by the next check", async () => {
    const letter = Buffer.from("This is a letter as well, and no network.");
    const good = bytes;
    bytes = letter;
    const id = await registerUrl(at("/lenet.onnx"));
    expect(await check(id, true)).toMatchObject({ state: "REFUSED", sha256: "", byteLength: null });
    expect(await objectStore.has(fileKey(sha256Of(letter)))).toBe(false);
    bytes = good;
    await database.transaction((transaction) => markModelChecking(transaction, id));
    expect(await check(id, true)).toMatchObject({ state: "AVAILABLE", sha256: sha256Of(good) });
  });
});
