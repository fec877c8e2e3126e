/** Clean-ups on a real database and folder: they remove old, unused data, and keep young, claimed or referenced data. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { cleanUps } from "@pareidolia/persistence/cleanUps/registry";
import { runCleanUps } from "@pareidolia/persistence/cleanUps/runCleanUps";
import { imageReferences, images } from "@pareidolia/persistence/lab/cleanUps/images";
import { runEvents } from "@pareidolia/persistence/lab/cleanUps/runEvents";
import { workers } from "@pareidolia/persistence/lab/cleanUps/workers";
import { writeImages } from "@pareidolia/persistence/lab/images/writeImages";
import { findRuns } from "@pareidolia/persistence/lab/runs/readRuns";
import { registerWorker, reportWorkerStopped } from "@pareidolia/persistence/lab/workers/reportWorker";
import type { CleanUp } from "@pareidolia/persistence/server/cleanUps/cleanUp";
import { listCleanUps } from "@pareidolia/persistence/server/cleanUps/cleanUpResults";
import { objects } from "@pareidolia/persistence/server/cleanUps/objects";
import { uploads } from "@pareidolia/persistence/server/cleanUps/uploads";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let store: ObjectStore;
const png = { contentType: "image/png" };

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-cleanUps-"));
  store = openFolderStore({ folder });
  await seedLocalOwner(database.connection);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const signal = new AbortController().signal;
const context = (dryRun = false) => ({ database, objectStore: store, dryRun, signal });
const failures: unknown[] = [];
const cleanUpAll = (options: { dryRun?: boolean; cleanUps?: readonly CleanUp[]; secondsBetween?: number; signal?: AbortSignal } = {}) =>
  runCleanUps({ ...context(), url: testDatabase.url, cleanUps, onFailure: (_kind, error) => failures.push(error), ...options });

function sample(length = 50): { bytes: Uint8Array; sha256: string } {
  const bytes = new Uint8Array(randomBytes(length));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 60 * 60 * 1000);

async function ageFiles(hours: number): Promise<void> {
  for (const kind of ["images", "genomes", "files", "packs", "incoming"])
    for (const name of await readdir(path.join(folder, kind)).catch(() => []))
      await utimes(path.join(folder, kind, name), hoursAgo(hours), hoursAgo(hours));
}

/** Stores and records an upload with random bytes. */
async function addUpload(options: { hours: number; claimed?: boolean; length?: number }): Promise<string> {
  const { bytes, sha256 } = sample(options.length);
  await store.put(fileKey(sha256), bytes, png);
  await database.connection.upload.create({
    data: {
      id: randomUUID(),
      workspaceId: localWorkspaceId,
      createdById: localUserId,
      kind: "MODEL",
      fileName: "net.onnx",
      sha256,
      byteLength: bytes.length,
      createdAt: hoursAgo(options.hours),
      formExpiresAt: hoursAgo(options.hours),
      claimedAt: options.claimed === true ? hoursAgo(options.hours) : null,
    },
  });
  return sha256;
}

async function addImage(hours: number): Promise<string> {
  const { bytes, sha256 } = sample();
  await store.put(imageKey(sha256), bytes, png);
  await database.connection.image.create({
    data: { sha256, width: 8, height: 8, channels: 1, byteLength: bytes.length, createdAt: hoursAgo(hours) },
  });
  return sha256;
}

async function evolve(): Promise<string> {
  const runId = await seedRun(database);
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  await carryOutRun({ runId }, evolveContext({ database, objectStore: store, classifier }));
  return runId;
}

const hashesOf = async (rows: Promise<{ sha256: string | null }[]>) => (await rows).map(({ sha256 }) => sha256 ?? "").sort();

describe("uploads", () => {
  it("are removed a day after they arrived or were claimed, and not before", async () => {
    await addUpload({ hours: 25 });
    await addUpload({ hours: 25, claimed: true });
    const claimed = await addUpload({ hours: 23, claimed: true });
    const young = await addUpload({ hours: 23 });
    const figures = await uploads.cleanUp(context());
    expect(figures).toMatchObject({ removed: { count: 2 }, waiting: { count: 2 } });
    expect(figures.removed.byteLength).toBeGreaterThan(100);
    expect(await hashesOf(database.connection.upload.findMany())).toEqual([claimed, young].sort());
  });
});

describe("images without a reference", () => {
  it("are determined by all foreign keys to images", async () => {
    const keys = await database.connection.$queryRaw<{ table: string; column: string }[]>`
      SELECT c.conrelid::regclass::text AS table, a.attname AS column FROM pg_constraint c
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
      WHERE c.contype = 'f' AND c.confrelid = 'images'::regclass AND c.confdeltype <> 'c' ORDER BY 1, 2`;
    expect(imageReferences).toEqual(keys.map(({ table, column }) => [table, column]));
  });

  it("are removed with their scores after a day, in batches, but images of runs and young images are kept", async () => {
    const runId = await evolve();
    await database.connection.$executeRaw`UPDATE images SET created_at = now() - interval '40 days'`;
    const kept = await hashesOf(database.connection.image.findMany());
    const old = await Promise.all(Array.from({ length: 3 }, () => addImage(25)));
    await database.connection.$executeRaw`
      INSERT INTO images (sha256, width, height, channels, byte_length, created_at)
      SELECT lpad(n::text, 64, '0'), 8, 8, 1, 1, now() - interval '25 hours' FROM generate_series(1, 2100) n`;
    const { modelId } = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    await database.connection.score.create({
      data: { id: "score", imageSha256: old[0] as string, modelId, probabilities: new Uint8Array(20), topClass: 0, topConfidence: 1 },
    });
    const young = await addImage(23);
    expect(await images.cleanUp(context())).toMatchObject({ removed: { count: 2_103 }, waiting: { count: 1 } });
    expect(await hashesOf(database.connection.image.findMany())).toEqual([...kept, young].sort());
    expect(await database.connection.score.count({ where: { id: "score" } })).toBe(0);
  });

  it("are kept while an open checkpoint is about to refer to them, and the clean-up does not wait for it", async () => {
    const runId = await evolve();
    const sha256 = await addImage(48);
    const genome = {
      runId,
      generation: 999,
      index: 0,
      sha256: "0".repeat(64),
      byteLength: 1,
      bytes: new Uint8Array(1),
      imageSha256: sha256,
    };
    await database.transaction(async ({ connection }) => {
      await writeImages(connection, [{ image: { sha256, width: 8, height: 8, channels: 1, byteLength: 50 } }]);
      expect(await images.cleanUp(context())).toMatchObject({ removed: { count: 0 } });
      await connection.genome.create({ data: { id: "late", ...genome } });
    });
    expect(await images.cleanUp(context())).toMatchObject({ removed: { count: 0 } });
    expect(await database.connection.image.count({ where: { sha256 } })).toBe(1);
  });

  it("are renewed by a checkpoint that is about to refer to them once they are older than 12 hours", async () => {
    const sha256 = await addImage(48);
    const young = await addImage(2);
    const before = await database.connection.image.findUniqueOrThrow({ where: { sha256: young } });
    const image = { width: 8, height: 8, channels: 1, byteLength: 50 };
    await database.transaction(({ connection }) =>
      writeImages(connection, [{ image: { ...image, sha256 } }, { image: { ...image, sha256: young } }]),
    );
    expect(await images.cleanUp(context())).toMatchObject({ removed: { count: 0 }, waiting: { count: 2 } });
    expect(await database.connection.image.findUniqueOrThrow({ where: { sha256: young } })).toEqual(before);
  });

  it("are never lost to concurrent checkpoints and clean-ups", async () => {
    const runId = await evolve();
    for (let round = 0; round < 15; round++) {
      const sha256 = await addImage(48);
      const write = database.transaction(async ({ connection }) => {
        await writeImages(connection, [{ image: { sha256, width: 8, height: 8, channels: 1, byteLength: 50 } }]);
        await connection.genome.create({
          data: {
            id: `late-${round}`,
            runId,
            generation: 1_000 + round,
            index: 0,
            sha256: "0".repeat(64),
            byteLength: 1,
            bytes: new Uint8Array(1),
            imageSha256: sha256,
          },
        });
      });
      await Promise.all([write, images.cleanUp(context()), images.cleanUp(context())]);
      expect(await database.connection.image.count({ where: { sha256 } })).toBe(1);
    }
  });
});

describe("objects without a row", () => {
  it("are removed after a day, as files and from packs, but objects of runs and uploads are kept", async () => {
    await evolve();
    const upload = await addUpload({ hours: 30, length: 70 });
    // The file of a deleted model.
    const claimed = await addUpload({ hours: 30, length: 60, claimed: true });
    const named = await hashesOf(database.connection.image.findMany());
    const alone = sample(300);
    const packed = Array.from({ length: 4 }, () => sample(10));
    await store.put(fileKey(alone.sha256), alone.bytes, png);
    const [first] = named;
    const shared = { key: imageKey(first as string), bytes: await store.get(imageKey(first as string)) };
    await store.putMany?.([...packed.map(({ bytes, sha256 }) => ({ key: imageKey(sha256), bytes })), shared]);
    await ageFiles(25);
    store = openFolderStore({ folder });
    const young = sample(500);
    await store.put(fileKey(young.sha256), young.bytes, png);

    const expected = { removed: { count: 6, byteLength: 400 }, waiting: { count: 1, byteLength: 500 } };
    expect(await objects.cleanUp(context(true))).toEqual(expected);
    expect(await store.has(fileKey(alone.sha256))).toBe(true);
    expect(await objects.cleanUp(context())).toEqual(expected);
    for (const { sha256 } of packed) expect(await store.has(imageKey(sha256))).toBe(false);
    for (const sha256 of [alone.sha256, claimed]) expect(await store.has(fileKey(sha256))).toBe(false);
    for (const sha256 of named) expect(await store.has(imageKey(sha256))).toBe(true);
    for (const { sha256 } of [young, { sha256: upload }]) expect(await store.has(fileKey(sha256))).toBe(true);
    expect(await objects.cleanUp(context())).toMatchObject({ removed: { count: 0, byteLength: 0 } });
  });

  it("are kept when a process puts them again before it refers to them", async () => {
    const one = sample();
    const other = sample();
    await store.put(imageKey(one.sha256), one.bytes, png);
    await store.putMany?.([{ key: imageKey(other.sha256), bytes: other.bytes }]);
    await ageFiles(25);
    store = openFolderStore({ folder });
    await store.put(imageKey(one.sha256), one.bytes, png);
    await store.putMany?.([{ key: imageKey(other.sha256), bytes: other.bytes }]);
    await objects.cleanUp(context());
    for (const { sha256, bytes } of [one, other]) expect(Buffer.compare(await store.get(imageKey(sha256)), bytes)).toBe(0);
  });

  it.each(["CHECKING", "REFUSED", "AVAILABLE"] as const)("do not include the file of a model that is %s", async (state) => {
    const { bytes, sha256 } = sample();
    await store.put(fileKey(sha256), bytes, png);
    await seedRun(database);
    const refusal = state === "REFUSED" ? "It has no input." : null;
    await database.connection.model.updateMany({ data: { origin: "upload", workspaceId: localWorkspaceId, sha256, state, refusal } });
    await ageFiles(48);
    expect(await objects.cleanUp(context())).toEqual({
      removed: { count: 0, byteLength: 0 },
      waiting: { count: 0, byteLength: 0 },
    });
    expect(await store.has(fileKey(sha256))).toBe(true);
  });
});

describe("stopped workers", () => {
  it("are removed a week after their last heartbeat, unless a run refers to them", async () => {
    const { connection } = database;
    const runId = await seedRun(database);
    const ages = { running: 8, killed: 8, stopped: 8, recent: 6, alive: 0 };
    for (const [id, days] of Object.entries(ages)) {
      await registerWorker(connection, { id, host: "vm", processId: 1, engine: "test" });
      if (id === "stopped") await reportWorkerStopped(connection, id);
      await connection.$executeRaw`UPDATE workers SET heartbeat_at = now() - ${days} * interval '1 day' WHERE id = ${id}`;
    }
    await connection.run.update({ where: { id: runId }, data: { workerId: "running" } });
    expect(await workers.cleanUp(context())).toMatchObject({ removed: { count: 2 }, waiting: { count: 1 } });
    expect((await connection.worker.findMany()).map(({ id }) => id).sort()).toEqual(["alive", "recent", "running"]);
  });
});

describe("events of ended runs", () => {
  it("are removed after 30 days, except states and the time of the last save", async () => {
    const { connection } = database;
    const [ended, recent] = [await evolve(), await evolve()];
    const open = await seedRun(database);
    await connection.$executeRaw`UPDATE runs SET ended_at = now() - interval '31 days' WHERE id = ${ended}`;
    await connection.$executeRaw`INSERT INTO run_events (run_id, seq, kind, payload) VALUES (${open}, 2, 'CHECKPOINT', '{"from": 0}')`;
    await connection.$executeRaw`
      INSERT INTO run_events (run_id, seq, kind, payload)
      SELECT ${ended}, 100 + n, CASE WHEN n < 10 THEN 'CHECKPOINT' ELSE 'PROGRESS' END,
        CASE WHEN n < 10 THEN '{"from": 1, "to": 2, "eliteIds": []}' ELSE '{}' END::jsonb FROM generate_series(1, 12) n`;
    const [before] = await findRuns(connection, [ended]);
    const all = await connection.runEvent.findMany({ where: { runId: ended }, orderBy: { seq: "asc" } });
    const states = all.filter(({ kind }) => kind === "STATE");
    const saved = all.find(({ seq }) => seq === 109);
    const others = await connection.runEvent.count({ where: { runId: { not: ended } } });
    expect(all.length).toBeGreaterThan(states.length + 5);

    const { removed, waiting } = await runEvents.cleanUp(context());
    expect(removed.count).toBe(all.length - states.length - 1);
    expect(waiting.count).toBe((await connection.runEvent.count({ where: { runId: recent, kind: { not: "STATE" } } })) - 1);
    const left = await connection.runEvent.findMany({ where: { runId: ended }, orderBy: { seq: "asc" } });
    expect(left.map(({ seq }) => seq)).toEqual([...states, saved].map((event) => event?.seq ?? 0).sort((a, b) => a - b));
    expect(await connection.runEvent.count({ where: { runId: { not: ended } } })).toBe(others);
    const [after] = await findRuns(connection, [ended]);
    expect(after?.savedAt).not.toBeNull();
    expect(after).toEqual(before);
  });
});

describe("all clean-ups together", () => {
  it("remove nothing in a dry run, then exactly what it announced, and keep the figures of the last removal", async () => {
    await addUpload({ hours: 25 });
    await addImage(25);
    await writeFile(path.join(folder, "incoming", "broken-off"), "12345");
    const orphan = sample(400);
    await store.put(fileKey(orphan.sha256), orphan.bytes, png);
    await ageFiles(25);
    const countAll = async () => [
      await database.connection.upload.count(),
      await database.connection.image.count(),
      (await readdir(path.join(folder, "incoming"))).length,
      (await readdir(path.join(folder, "files"))).length,
    ];
    const announced = await cleanUpAll({ dryRun: true });
    expect(await countAll()).toEqual([1, 1, 1, 2]);
    expect(await listCleanUps(database.connection)).toEqual([]);
    const removed = await cleanUpAll();
    expect(removed).toEqual(announced);
    const counts = (removed ?? []).map(({ kind, figures }) => [kind, figures?.removed.count] as const);
    const none = Object.fromEntries(cleanUps.map(({ kind }) => [kind, 0]));
    expect(Object.fromEntries(counts)).toEqual({ ...none, objects: 1, leftovers: 1, uploads: 1, images: 1 });
    expect(await countAll()).toEqual([0, 0, 0, 1]);

    // The second clean-up removes the objects of the removed rows.
    await cleanUpAll();
    expect(await countAll()).toEqual([0, 0, 0, 0]);
    const records = Object.fromEntries((await listCleanUps(database.connection)).map((record) => [record.kind, record]));
    expect(records["leftovers"]).toMatchObject({ removedCount: 1, removedBytes: 5, waitingCount: 0, failure: null });
    expect(records["objects"]).toMatchObject({ removedCount: 2, waitingCount: 0, title: "Objects without a row", graceSeconds: 86_400 });
    expect(records["workers"]).toMatchObject({ removedCount: 0, removedAt: null });
    expect(records["leftovers"]?.cleanedAt.getTime()).toBeGreaterThan(records["leftovers"]?.removedAt?.getTime() ?? 0);
  });

  it("continue after one fails, and record its failure with its earlier figures", async () => {
    await addUpload({ hours: 25 });
    await cleanUpAll();
    await addUpload({ hours: 25 });
    const broken: CleanUp = {
      ...uploads,
      cleanUp: async () => {
        throw new Error("no such column");
      },
    };
    failures.length = 0;
    const results = await cleanUpAll({ cleanUps: [broken, workers] });
    expect(results?.map(({ kind, failure }) => [kind, failure])).toEqual([
      ["uploads", "It failed. The log has the reason."],
      ["workers", null],
    ]);
    expect(failures).toMatchObject([{ message: "no such column" }]);
    const record = (await listCleanUps(database.connection)).find(({ kind }) => kind === "uploads");
    expect(record).toMatchObject({ failure: "It failed. The log has the reason.", removedCount: 1 });
    await cleanUpAll({ cleanUps: [uploads] });
    expect((await listCleanUps(database.connection)).find(({ kind }) => kind === "uploads")).toMatchObject({ failure: null });
  });

  it("run in one process at a time, and not again within the interval between clean-ups", async () => {
    let release: () => void = () => undefined;
    let started: () => void = () => undefined;
    const hasStarted = new Promise<void>((resolve) => (started = resolve));
    const slow: CleanUp = {
      ...workers,
      async cleanUp(given) {
        started();
        await new Promise<void>((resolve) => (release = resolve));
        return workers.cleanUp(given);
      },
    };
    const first = cleanUpAll({ cleanUps: [slow] });
    await hasStarted;
    expect(await cleanUpAll()).toBeNull();
    release();
    expect(await first).toHaveLength(1);
    const results = await cleanUpAll({ secondsBetween: 3_600 });
    expect(results?.map(({ kind }) => kind)).toEqual(cleanUps.map(({ kind }) => kind).filter((kind) => kind !== "workers"));
    expect(await cleanUpAll({ secondsBetween: 3_600 })).toEqual([]);
  });

  it("end early once the signal is aborted, without a recorded failure", async () => {
    const stop = new AbortController();
    const stopping: CleanUp = {
      ...workers,
      async cleanUp({ signal: given }) {
        stop.abort();
        given.throwIfAborted();
        throw new Error("unreachable");
      },
    };
    expect(await cleanUpAll({ cleanUps: [stopping, uploads], signal: stop.signal })).toEqual([]);
    expect(await listCleanUps(database.connection)).toEqual([]);
  });
});
