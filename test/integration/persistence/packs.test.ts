/** The packs of the folder store, which hold objects that were put together. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { genomeKey, imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder: string;
const png = { contentType: "image/png" };

function objects(count: number): { key: string; bytes: Uint8Array }[] {
  return Array.from({ length: count }, (_, i) => {
    const bytes = new Uint8Array(randomBytes((i % 60) * 37 + Math.floor(i / 60)));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { key: i % 2 === 0 ? imageKey(sha256) : genomeKey(sha256), bytes };
  });
}

async function onlyPack(): Promise<string> {
  const [name, ...more] = await readdir(path.join(folder, "packs"));
  expect(more).toEqual([]);
  return path.join(folder, "packs", name as string);
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-packs-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("objects that are put together", () => {
  it("are read back byte for byte by every method, from the store that put them and from stores opened before and after", async () => {
    const before = openFolderStore({ folder });
    expect(await before.has(imageKey("0".repeat(64)))).toBe(false);
    const store = openFolderStore({ folder });
    const all = objects(40);
    await store.putMany?.(all.slice(0, 30));
    await store.putMany?.(all.slice(30));
    for (const reader of [store, before, openFolderStore({ folder })])
      for (const { key, bytes } of all) {
        expect(await reader.has(key)).toBe(true);
        expect(Buffer.compare(await reader.get(key), bytes)).toBe(0);
        expect(Buffer.compare((await reader.find(key)) ?? new Uint8Array([1]), bytes)).toBe(0);
        expect(Buffer.compare(await buffer(await reader.openReadStream(key)), bytes)).toBe(0);
      }
    expect(await readdir(path.join(folder, "incoming"))).toEqual([]);
  });

  it("are found by many concurrent first reads", async () => {
    const all = objects(25);
    await openFolderStore({ folder }).putMany?.(all);
    const reader = openFolderStore({ folder });
    const found = await Promise.all(all.map(({ key }) => reader.get(key)));
    for (const [i, { bytes }] of all.entries()) expect(Buffer.compare(found[i] as Uint8Array, bytes)).toBe(0);
  });

  it("can be read while a clean-up removes others from their pack", async () => {
    const all = objects(400);
    const store = openFolderStore({ folder });
    await store.putMany?.(all);
    const [unused, ...kept] = all;
    let isRemoving = true;
    const storedBefore = new Date(Date.now() + 60_000);
    const removing = store.deleteObjects([unused?.key ?? ""], { storedBefore }).finally(() => {
      isRemoving = false;
    });
    for (let i = 0; isRemoving; i++) {
      const { key, bytes } = kept[i % kept.length] as (typeof all)[number];
      expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
    }
    expect(await removing).toMatchObject({ count: 1 });
    expect(await store.has(unused?.key ?? "")).toBe(false);
    for (const { key, bytes } of kept) expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it("are not packed again by a new store on the same folder, for example after a worker restarts", async () => {
    const all = objects(1_578);
    await openFolderStore({ folder }).putMany?.(all);
    const restarted = openFolderStore({ folder });
    await restarted.putMany?.(all);
    await onlyPack();
    let copies = 0;
    for await (const _ of restarted.list()) copies++;
    expect(copies).toBe(1_578);
  });

  it.each([
    { hours: 11, packs: 1 },
    { hours: 13, packs: 2 },
  ])(
    "are in $packs packs when put again after $hours hours, so that no clean-up deletes objects that are about to be referenced",
    async (expected) => {
      const all = objects(3);
      await openFolderStore({ folder }).putMany?.(all);
      const time = new Date(Date.now() - expected.hours * 60 * 60 * 1000);
      await utimes(await onlyPack(), time, time);
      const store = openFolderStore({ folder });
      await store.putMany?.(all);
      await store.putMany?.(all);
      // A new store finds the newer copies, whichever pack it reads first.
      await openFolderStore({ folder }).putMany?.(all);
      expect(await readdir(path.join(folder, "packs"))).toHaveLength(expected.packs);
      await store.deleteObjects(
        all.map(({ key }) => key),
        { storedBefore: new Date(Date.now() - 12 * 60 * 60 * 1000) },
      );
      for (const { key, bytes } of all) expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
    },
  );

  it("stay readable for a store that was opened before a clean-up removed others from their pack", async () => {
    const all = objects(6);
    const reader = openFolderStore({ folder });
    await reader.putMany?.(all);
    const [removed, ...kept] = all;
    await openFolderStore({ folder }).deleteObjects([removed?.key as string], { storedBefore: new Date(Date.now() + 60_000) });
    for (const { key, bytes } of kept) expect(Buffer.compare(await reader.get(key), bytes)).toBe(0);
    expect(await reader.find(removed?.key as string)).toBeNull();
    expect(await reader.findDamage()).toEqual([]);
  });

  it("are not stored twice by the same store, which writes no empty pack", async () => {
    const store = openFolderStore({ folder });
    const all = objects(5);
    await store.putMany?.([...all, ...all]);
    const { length } = await readFile(await onlyPack());
    await store.putMany?.(all);
    await store.putMany?.([]);
    expect((await readFile(await onlyPack())).length).toBe(length);
  });

  it("are all refused if one key is not the hash of its bytes", async () => {
    const store = openFolderStore({ folder });
    const [first, second] = objects(2) as [{ key: string; bytes: Uint8Array }, { key: string; bytes: Uint8Array }];
    const wrong = [first, { ...second, bytes: first.bytes }];
    await expect(store.putMany?.(wrong)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(store.putMany?.([{ ...first, key: "../x" }])).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await store.has(first.key)).toBe(false);
  });

  it("can be put again individually by another store, but not with other bytes", async () => {
    const [{ key, bytes }] = objects(3).slice(2) as [{ key: string; bytes: Uint8Array }];
    await openFolderStore({ folder }).putMany?.([{ key, bytes }]);
    const store = openFolderStore({ folder });
    await store.put(key, bytes, png);
    await expect(store.put(key, new Uint8Array(9), png)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it("fail with UNAVAILABLE when their folder cannot be written", async () => {
    await writeFile(path.join(folder, "file"), "");
    const store = openFolderStore({ folder: path.join(folder, "file") });
    await expect(store.putMany?.(objects(2))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
