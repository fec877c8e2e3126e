/** A damaged file of the folder store affects only the objects that it lost: they are reported, and everything else is served. */
import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdtemp, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

interface Stored {
  readonly key: string;
  readonly bytes: Uint8Array;
}

let folder: string;
const png = { contentType: "image/png" };
const openStore = () => openFolderStore({ folder });

function objects(count: number): Stored[] {
  return Array.from({ length: count }, () => {
    const bytes = new Uint8Array(randomBytes(400));
    return { key: imageKey(createHash("sha256").update(bytes).digest("hex")), bytes };
  });
}

async function packs(): Promise<string[]> {
  return (await readdir(path.join(folder, "packs"))).map((name) => path.join(folder, "packs", name));
}

async function storePack(count: number): Promise<{ readonly all: Stored[]; readonly file: string }> {
  const before = new Set(await packs().catch(() => []));
  const all = objects(count);
  await openStore().putMany?.(all);
  const file = (await packs()).find((name) => !before.has(name)) as string;
  return { all, file };
}

async function expectServed(store: ObjectStore, stored: readonly Stored[]): Promise<void> {
  for (const { key, bytes } of stored) {
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
    expect(Buffer.compare(await buffer(await store.openReadStream(key)), bytes)).toBe(0);
    expect(await store.has(key)).toBe(true);
  }
}

async function expectLost(store: ObjectStore, lost: readonly Stored[]): Promise<void> {
  for (const { key } of lost) {
    const error = { code: "NOT_FOUND", message: expect.stringContaining("damaged") };
    await expect(store.get(key)).rejects.toMatchObject(error);
    await expect(store.openReadStream(key)).rejects.toMatchObject(error);
  }
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-damage-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a truncated pack", () => {
  it("loses only the objects after the cut, and reports each", async () => {
    const { all: whole } = await storePack(10);
    const { all, file } = await storePack(10);
    await truncate(file, (await stat(file)).size - 900);
    const store = openStore();
    await expectServed(store, whole);
    await expectServed(store, all.slice(0, 7));
    await expectLost(store, all.slice(7));
    expect(await store.has(all[9]?.key as string)).toBe(false);
    expect(await store.findDamage()).toEqual([
      {
        file: path.join("packs", path.basename(file)),
        problem: expect.stringMatching(/^It has \d+ bytes instead of \d+\.$/),
        lost: all.slice(7).map(({ key }) => key),
      },
    ]);
  });

  it("reports no lost objects after they are put again", async () => {
    const { all, file } = await storePack(4);
    await truncate(file, (await stat(file)).size - 1);
    const store = openStore();
    await store.putMany?.(all);
    await expectServed(store, all);
    await expectServed(openStore(), all);
    expect((await store.findDamage()).map(({ lost }) => lost)).toEqual([[]]);
  });

  it.each([
    ["cut within its list of objects", 300, 3],
    ["cut within its first bytes", 3, 0],
    ["cut to zero bytes", 0, 0],
  ])("%s does not affect other packs, and reports the objects that it still lists", async (_, length, listed) => {
    const { all: whole } = await storePack(5);
    const { all, file } = await storePack(10);
    await truncate(file, length);
    const store = openStore();
    await expectServed(store, whole);
    for (const { key } of all) await expect(store.get(key)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const damage = await store.findDamage();
    expect(damage).toHaveLength(1);
    expect(damage[0]?.lost).toEqual(all.slice(0, listed).map(({ key }) => key));
    const added = objects(3);
    await store.putMany?.(added);
    await expectServed(openStore(), [...whole, ...added]);
  });
});

describe("a pack with overwritten bytes", () => {
  it("never returns other bytes than were stored, and loses only the overwritten object", async () => {
    const { all, file } = await storePack(6);
    const handle = await open(file, "r+");
    await handle.write(Buffer.from([1, 2, 3, 4]), 0, 4, (await stat(file)).size - 100);
    await handle.close();
    const store = openStore();
    await expectServed(store, all.slice(0, 5));
    await expectLost(store, all.slice(5));
    expect((await store.findDamage())[0]?.lost).toEqual([all[5]?.key]);
  });

  it("loses nothing if another pack holds the same objects", async () => {
    const { all, file } = await storePack(3);
    await rename(file, `${file}-aside`);
    await openStore().putMany?.(all);
    await rename(`${file}-aside`, file);
    expect(await packs()).toHaveLength(2);
    const handle = await open(file, "r+");
    await handle.write(Buffer.alloc(1_000, 7), 0, 1_000, (await stat(file)).size - 1_000);
    await handle.close();
    await expectServed(openStore(), all);
  });

  it("is skipped if it contains only noise, like a pack that cannot be read", async () => {
    const { all: whole } = await storePack(5);
    await writeFile(path.join(folder, "packs", "noise.pack"), Buffer.alloc(64, 0xff));
    await writeFile(path.join(folder, "packs", "list.pack"), Buffer.from([2, 0, 0, 0, 0x7b, 0x7d]));
    const closed = await storePack(2);
    await chmod(closed.file, 0);
    const store = openStore();
    await expectServed(store, whole);
    expect((await store.findDamage()).length).toBeGreaterThanOrEqual(2);
    await chmod(closed.file, 0o600);
  });
});

describe("a truncated object in its own file", () => {
  it("is not served, is reported, and can be stored again", async () => {
    const [lost, kept] = objects(2) as [Stored, Stored];
    await openStore().put(lost.key, lost.bytes, png);
    await openStore().put(kept.key, kept.bytes, png);
    await truncate(path.join(folder, lost.key), 100);
    const store = openStore();
    await expectServed(store, [kept]);
    await expectLost(store, [lost]);
    expect(await store.findDamage()).toEqual([{ file: lost.key, problem: expect.any(String), lost: [lost.key] }]);
    await store.put(lost.key, lost.bytes, png);
    await expectServed(store, [lost]);
    expect(await store.findDamage()).toEqual([]);
    const [aside] = await readdir(path.join(folder, "damaged"));
    expect((await readFile(path.join(folder, "damaged", aside as string))).length).toBe(100);
  });
});
