/** What `npm run store -- repair` restores by hash, from genomes and from a copy. It reports lost images with their runs. */
import { cp, mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { samplePhotos } from "@pareidolia/workers/photos/samplePhotos";
import { storeSamplePhotos } from "@pareidolia/workers/photos/storeSamplePhotos";
import { repairStore } from "@pareidolia/workers/storeRepair/repairStore";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun, silent } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let copy: string;
const open = () => openFolderStore({ folder });

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  const home = await mkdtemp(path.join(tmpdir(), "pareidolia-repair-"));
  folder = path.join(home, "objects");
  copy = path.join(home, "copy");
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  for (const encoding of ["cppn", "direct"]) {
    const runId = await seedRun(database, { encoding });
    await carryOutRun({ runId }, evolveContext({ database, objectStore: open(), classifier }));
  }
  await cp(folder, copy, { recursive: true });
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(path.dirname(folder), { recursive: true });
});

async function packs(): Promise<readonly string[]> {
  return (await readdir(path.join(folder, "packs"))).map((name) => path.join(folder, "packs", name));
}

async function truncateAll(keep: (size: number) => number): Promise<void> {
  for (const file of await packs()) await truncate(file, keep((await stat(file)).size));
}

async function expectIntact(): Promise<void> {
  const store = open();
  const images = await database.connection.image.findMany();
  expect(images.length).toBeGreaterThan(10);
  for (const { sha256, byteLength } of images) expect((await store.get(imageKey(sha256))).length).toBe(byteLength);
  expect(await store.findDamage()).toEqual([]);
}

const repair = (options: { repairs?: boolean; from?: string; cacheFolder?: string } = {}) =>
  repairStore({
    connection: database.connection,
    objectStore: open(),
    repairs: options.repairs ?? true,
    copy: options.from === undefined ? null : openFolderStore({ folder: options.from }),
    cacheFolder: options.cacheFolder ?? sharedCacheFolder(),
  });

describe("a repair", () => {
  it("finds nothing to do in an intact store", async () => {
    const images = await database.connection.image.count();
    expect(await repair({ repairs: false })).toEqual({ checked: images, copied: 0, redrawn: 0, reread: 0, lost: [], damagedFiles: [] });
    expect(await repair()).toMatchObject({ lost: [], damagedFiles: [] });
  });

  it("redraws lost images from their genomes byte for byte, and sets the damaged files aside", async () => {
    const damaged = (await packs()).length;
    await truncateAll((size) => Math.floor(size * 0.8));
    const found = await repair({ repairs: false });
    expect(found.lost.length).toBeGreaterThan(2);
    expect(found.damagedFiles).toHaveLength(damaged);
    expect(new Set(found.lost.flatMap(({ runs }) => runs))).toEqual(new Set(["RUN-1", "RUN-2"]));

    const report = await repair();
    expect(report).toMatchObject({ redrawn: found.lost.length, copied: 0, lost: [] });
    expect(await readdir(path.join(folder, "damaged"))).toHaveLength(damaged);
    await expectIntact();
  });

  it("restores everything when all packs are empty", async () => {
    await truncateAll(() => 0);
    expect(await repair()).toMatchObject({ lost: [] });
    await expectIntact();
  });

  it("restores images without a valid genome from a copy, and reports those that are in neither", async () => {
    await database.connection.elite.deleteMany();
    await database.connection.$executeRaw`UPDATE genomes SET bytes = decode(repeat('00', byte_length), 'hex')`;
    await truncateAll((size) => Math.floor(size * 0.8));
    const failed = await repair();
    expect(failed).toMatchObject({ copied: 0, redrawn: 0 });
    expect(failed.lost.length).toBeGreaterThan(2);
    expect(failed.lost[0]?.runs.length).toBeGreaterThan(0);
    expect(await repair({ from: copy })).toMatchObject({ copied: failed.lost.length, redrawn: 0, lost: [] });
    await expectIntact();
  });

  it("reads lost sample photographs again, and says why it cannot", async () => {
    const options = { database, objectStore: open(), log: silent, stop: new AbortController().signal };
    await storeSamplePhotos({ ...options, cacheFolder: sharedCacheFolder() });
    const photos = await database.connection.photo.findMany();
    for (const { imageSha256 } of photos) await truncate(path.join(folder, imageKey(imageSha256)), 10);
    const file = path.join(path.dirname(folder), "not a folder");
    await writeFile(file, "");
    const failed = await repair({ cacheFolder: file });
    expect(failed.lost).toHaveLength(samplePhotos.length);
    for (const { reason } of failed.lost) expect(reason).toContain("PAREIDOLIA_CACHE");
    expect(await repair()).toMatchObject({ reread: samplePhotos.length, redrawn: 0, lost: [] });
    await expectIntact();
  });
});
