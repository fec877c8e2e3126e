/** Clean-ups of files that arrived for uploads, and of what running imports store, on a real database and folder, with their dry runs. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { cleanUps } from "@pareidolia/persistence/cleanUps/registry";
import { runCleanUps } from "@pareidolia/persistence/cleanUps/runCleanUps";
import { images } from "@pareidolia/persistence/lab/cleanUps/images";
import { objects } from "@pareidolia/persistence/server/cleanUps/objects";
import { postedFiles } from "@pareidolia/persistence/server/cleanUps/postedFiles";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { importRow } from "../../support/importRow.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-upload-cleanUps-"));
  await seedLocalOwner(database.connection);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const { signal } = new AbortController();
const context = (dryRun = false) => ({ database, objectStore: openFolderStore({ folder }), dryRun, signal });
const failures: unknown[] = [];
const cleanUpAll = ({ dryRun = false } = {}) =>
  runCleanUps({ ...context(dryRun), url: testDatabase.url, cleanUps, onFailure: (_kind, error) => failures.push(error) });
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 60 * 60 * 1000);

/** An upload that waits for its file, with `length` bytes of it in the store. Returns its ID. */
async function addPending(options: { hours: number; length: number; change?: { sha256?: string; deletedAt?: Date } }): Promise<string> {
  const id = randomUUID();
  await mkdir(path.join(folder, "uploads"), { recursive: true });
  const file = path.join(folder, "uploads", id);
  await writeFile(file, randomBytes(options.length));
  await utimes(file, hoursAgo(options.hours), hoursAgo(options.hours));
  const row = { id, workspaceId: localWorkspaceId, createdById: localUserId, kind: "MODEL", fileName: "net.onnx" } as const;
  const requested = { byteLength: 900, createdAt: hoursAgo(options.hours), formExpiresAt: hoursAgo(options.hours) };
  await database.connection.upload.create({ data: { ...row, ...requested, ...options.change } });
  return id;
}

describe("files of uploads", () => {
  const posted = () => readdir(path.join(folder, "uploads"));

  it("are kept while their upload waits for them, and removed once it is finished, deleted or gone", async () => {
    const waiting = await addPending({ hours: 23, length: 1 });
    await addPending({ hours: 1, length: 20, change: { sha256: "0".repeat(64) } });
    await addPending({ hours: 1, length: 300, change: { deletedAt: new Date() } });
    const gone = await addPending({ hours: 2, length: 4_000 });
    await database.connection.upload.delete({ where: { id: gone } });
    const expected = { removed: { count: 3, byteLength: 4_320 }, waiting: { count: 1, byteLength: 1 } };
    expect(await postedFiles.cleanUp(context(true))).toEqual(expected);
    expect(await posted()).toHaveLength(4);
    expect(await postedFiles.cleanUp(context())).toEqual(expected);
    expect(await posted()).toEqual([waiting]);
  });

  it("that are parts are kept as long as their upload waits for the others, and an hour without a row", async () => {
    const partOf = async (uploadId: string | null, hours: number): Promise<string> => {
      const fileId = randomUUID();
      const file = path.join(folder, "uploads", fileId);
      await writeFile(file, randomBytes(8));
      await utimes(file, hoursAgo(hours), hoursAgo(hours));
      if (uploadId !== null) await database.connection.uploadPart.create({ data: { uploadId, index: 0, sha256: "a", fileId } });
      return fileId;
    };
    const waiting = await addPending({ hours: 23, length: 1 });
    const kept = [waiting, await partOf(waiting, 22), await partOf(null, 0)];
    await partOf(null, 2);
    await partOf(await addPending({ hours: 1, length: 1, change: { deletedAt: new Date() } }), 2);
    expect(await postedFiles.cleanUp(context())).toMatchObject({ removed: { count: 3 }, waiting: { count: 3 } });
    expect((await posted()).toSorted()).toEqual(kept.toSorted());
  });

  it("that wait for longer than a day are removed with their upload, and counted by the dry run before", async () => {
    await addPending({ hours: 25, length: 50 });
    const young = await addPending({ hours: 23, length: 6 });
    const kinds = ["uploads", "posted-files"];
    const figuresOf = (results: Awaited<ReturnType<typeof runCleanUps>>) =>
      (results ?? []).filter(({ kind }) => kinds.includes(kind)).map(({ figures }) => figures?.removed.count);
    expect(figuresOf(await cleanUpAll({ dryRun: true }))).toEqual([1, 1]);
    expect(await posted()).toHaveLength(2);
    expect(figuresOf(await cleanUpAll())).toEqual([1, 1]);
    expect([await posted(), await database.connection.upload.count()]).toEqual([[young], 1]);
    expect(failures).toEqual([]);
  });
});

describe("what an import stores before its rows", () => {
  it("is kept until it ends, however long it takes", async () => {
    const { connection } = database;
    const { objectStore } = context();
    const row = importRow({ id: "import", workspaceId: localWorkspaceId, createdById: localUserId, state: "READY" });
    await connection.import.create({ data: { ...row, state: "WRITING", createdAt: hoursAgo(40) } });
    // What is younger than 12 hours when the import stores it is not stored again.
    for (const hours of [51, 53]) {
      const bytes = randomBytes(8);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      await objectStore.put(fileKey(sha256), bytes, { contentType: "application/octet-stream" });
      await utimes(path.join(folder, fileKey(sha256)), hoursAgo(hours), hoursAgo(hours));
      await connection.image.create({ data: { sha256, width: 8, height: 8, channels: 1, byteLength: 8, createdAt: hoursAgo(hours) } });
    }
    const one = { removed: { count: 1 }, waiting: { count: 1 } };
    for (const dryRun of [true, false])
      for (const cleanUp of [images, objects]) expect(await cleanUp.cleanUp(context(dryRun))).toMatchObject(one);
    await connection.import.update({ where: { id: "import" }, data: { state: "FAILED", failure: "No.", endedAt: new Date() } });
    for (const cleanUp of [images, objects])
      expect(await cleanUp.cleanUp(context())).toMatchObject({ removed: { count: 1 }, waiting: { count: 0 } });
  });
});
