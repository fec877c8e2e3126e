/** The contract of every object store, tested with the folder store and a real S3 server. */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey, genomeKey, imageKey, type ObjectStore, type StoredObject } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openObjectStore } from "@pareidolia/persistence/server/objectStores/openObjectStore";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { S3Server } from "../../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../../support/s3/startS3Server.ts";
import { skippedFor } from "../../support/skippedFor.ts";

const png = { contentType: "image/png" };

function sample(length: number): { bytes: Uint8Array; sha256: string } {
  const bytes = new Uint8Array(randomBytes(length));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function findAll(store: ObjectStore, key: string): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = [];
  for await (const object of store.list()) if (object.key === key) found.push(object);
  return found;
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const minute = 60_000;

interface Subject {
  readonly name: string;
  open(): Promise<ObjectStore>;
  close(): Promise<void>;
}

let folder: string;
let server: S3Server;

const subjects: readonly Subject[] = [
  {
    name: "folder",
    async open() {
      folder = await mkdtemp(path.join(tmpdir(), "pareidolia-objects-"));
      return openFolderStore({ folder: path.join(folder, "objects") });
    },
    close: () => rm(folder, { recursive: true }),
  },
  {
    name: "S3",
    async open() {
      server = await startS3Server();
      return openS3Store({ ...server, bucket: freshBucket() });
    },
    close: () => server.stop(),
  },
];

for (const { name, open, close } of subjects)
  describe(`the ${name} store`, skippedFor(name === "S3" ? withoutS3 : null), () => {
    let store: ObjectStore;
    beforeAll(async () => {
      store = await open();
    }, 120_000);
    afterAll(close, 60_000);

    it.each([1, 100, 4097, 6_000_000, 40_000_000])("returns the %i bytes that were put, at once and as a stream", async (length) => {
      const { bytes, sha256 } = sample(length);
      const key = imageKey(sha256);
      await store.put(key, bytes, png);
      expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
      expect(Buffer.compare((await store.find(key)) ?? new Uint8Array(), bytes)).toBe(0);
      expect(Buffer.compare(await buffer(await store.openReadStream(key)), bytes)).toBe(0);
      expect(await store.has(key)).toBe(true);
    });

    it("reports an absent object", async () => {
      const key = genomeKey(sample(8).sha256);
      expect(await store.has(key)).toBe(false);
      expect(await store.find(key)).toBeNull();
      await expect(store.get(key)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(store.openReadStream(key)).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    it("accepts the same bytes again, and refuses bytes that do not match their key", async () => {
      const { bytes, sha256 } = sample(500);
      const key = imageKey(sha256);
      await store.put(key, bytes, png);
      await store.put(key, bytes, png);
      await expect(store.put(key, sample(500).bytes, png)).rejects.toMatchObject({ code: "INVALID_INPUT" });
      expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
    });

    it("supports concurrent writers of an object, and never returns a partial object", async () => {
      const { bytes, sha256 } = sample(50_000);
      const key = imageKey(sha256);
      const reads: (Uint8Array | null)[] = [];
      const writing = Promise.all(Array.from({ length: 8 }, () => store.put(key, bytes, png)));
      for (let i = 0; i < 20; i++) reads.push(await store.find(key));
      await writing;
      reads.push(await store.find(key));
      const lengths = new Set(reads.map((read) => read?.length ?? 0));
      expect([...lengths].every((length) => length === 0 || length === bytes.length)).toBe(true);
      expect(lengths.has(bytes.length)).toBe(true);
    });

    it("confirms that it works, and keeps its first marker until it is replaced explicitly, and the latest heads of audit logs", async () => {
      await store.probe();
      await store.probe();
      expect(await store.readMarker()).toBeNull();
      await store.writeMarker("first", { replace: false });
      await store.writeMarker("second", { replace: false });
      expect(await store.readMarker()).toBe("first");
      await store.writeMarker("third", { replace: true });
      expect(await store.readMarker()).toBe("third");
      expect(await store.readAuditHeads()).toBeNull();
      await store.replaceAuditHeads("first");
      await store.replaceAuditHeads("second");
      expect(await store.readAuditHeads()).toBe("second");
      for await (const object of store.list()) expect(object.key).not.toContain("heads");
      expect(await store.findDamage()).toEqual([]);
      expect(store.place).toMatch(/^the (?:folder|bucket) /);
    });

    it("lists every object with its size and time, including those put together", async () => {
      const alone = sample(700);
      const together = sample(300);
      await store.put(genomeKey(alone.sha256), alone.bytes, png);
      if (store.putMany === undefined) await store.put(imageKey(together.sha256), together.bytes, png);
      else await store.putMany([{ key: imageKey(together.sha256), bytes: together.bytes }]);
      for (const [key, byteLength] of [
        [genomeKey(alone.sha256), 700],
        [imageKey(together.sha256), 300],
      ] as const) {
        const found = await findAll(store, key);
        expect(found).toEqual([{ key, byteLength, storedAt: expect.any(Date) }]);
        expect(Math.abs((found[0]?.storedAt.getTime() ?? 0) - Date.now())).toBeLessThan(minute);
      }
    });

    it("deletes objects, except those stored after the given time, and ignores absent objects", async () => {
      const { bytes, sha256 } = sample(900);
      const other = sample(900);
      const key = imageKey(sha256);
      await store.put(key, bytes, png);
      await store.put(imageKey(other.sha256), other.bytes, png);
      const remove = (storedBefore: number) => store.deleteObjects([key, genomeKey(sha256)], { storedBefore: new Date(storedBefore) });
      expect(await remove(Date.now() - minute)).toEqual({ count: 0, byteLength: 0 });
      expect(await store.has(key)).toBe(true);
      expect(await remove(Date.now() + minute)).toEqual({ count: 1, byteLength: 900 });
      expect([await store.has(key), await store.has(imageKey(other.sha256))]).toEqual([false, true]);
      expect(await findAll(store, key)).toEqual([]);
    });

    it("deletes one of many objects that were put together, and keeps the others available to open readers", async () => {
      const all = Array.from({ length: 5 }, () => sample(200)).map(({ bytes, sha256 }) => ({ key: imageKey(sha256), bytes }));
      if (store.putMany === undefined) for (const { key, bytes } of all) await store.put(key, bytes, png);
      else await store.putMany(all);
      const [gone, ...kept] = all;
      const removed = await store.deleteObjects([gone?.key as string], { storedBefore: new Date(Date.now() + minute) });
      expect(removed).toEqual({ count: 1, byteLength: 200 });
      expect(await store.find(gone?.key as string)).toBeNull();
      for (const { key, bytes } of kept) expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
      expect(await store.findDamage()).toEqual([]);
    });

    it("stores a stream of chunks as a file, repeatedly", async () => {
      const { bytes, sha256 } = sample(300_000);
      for (let time = 0; time < 2; time++)
        expect(await store.receiveFile(chunksOf(bytes, 7_000), { longest: 300_000 })).toEqual({ sha256, byteLength: 300_000 });
      expect(Buffer.compare(await store.get(fileKey(sha256)), bytes)).toBe(0);
      expect(await findAll(store, fileKey(sha256))).toHaveLength(1);
    });

    it("stores nothing of a stream that is too long or fails", async () => {
      const { bytes, sha256 } = sample(300_000);
      const broken = async function* () {
        yield* chunksOf(bytes, 7_000);
        throw new Error("The client went away.");
      };
      await expect(store.receiveFile(chunksOf(bytes, 7_000), { longest: 299_999 })).rejects.toMatchObject({ code: "INVALID_INPUT" });
      await expect(store.receiveFile(broken(), { longest: 300_000 })).rejects.toThrow("The client went away.");
      expect(await store.has(fileKey(sha256))).toBe(false);
      const later = new Date(Date.now() + minute);
      expect(await store.clearLeftovers({ writtenBefore: later, dryRun: true })).toEqual({ count: 0, byteLength: 0 });
    });

    it.each([
      "",
      "images/../../etc/passwd",
      "../images/secret",
      "/etc/passwd",
      `images/${"a".repeat(63)}.png`,
      `images/${"A".repeat(64)}.png`,
      `images/${"a".repeat(64)}.png/../x`,
      `images/${"a".repeat(64)}.png\n`,
      `genomes/${"a".repeat(64)}.png`,
      `images\\${"a".repeat(64)}.png`,
      `images/${"a".repeat(64)}.png\0`,
    ])("refuses the key %j in every operation", async (key) => {
      const refusal = { code: "INVALID_INPUT" };
      await expect(store.put(key, sample(1).bytes, png)).rejects.toMatchObject(refusal);
      await expect(store.get(key)).rejects.toMatchObject(refusal);
      await expect(store.find(key)).rejects.toMatchObject(refusal);
      await expect(store.has(key)).rejects.toMatchObject(refusal);
      await expect(store.openReadStream(key)).rejects.toMatchObject(refusal);
    });
  });

describe("around the stores", () => {
  it("leaves no temporary files in the folder after accepted and refused puts", async () => {
    const parent = await mkdtemp(path.join(tmpdir(), "pareidolia-objects-"));
    const store = openFolderStore({ folder: parent });
    const { bytes, sha256 } = sample(10);
    await store.put(imageKey(sha256), bytes, png);
    await expect(store.put(imageKey(sha256), sample(10).bytes, png)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await store.probe();
    expect(await readdir(path.join(parent, "incoming"))).toEqual([]);
    await rm(parent, { recursive: true });
  });

  it("replaces a damaged file in the folder with a stream of the correct bytes", async () => {
    const parent = await mkdtemp(path.join(tmpdir(), "pareidolia-objects-"));
    const store = openFolderStore({ folder: parent });
    const { bytes, sha256 } = sample(2_000);
    await store.put(fileKey(sha256), bytes, png);
    await writeFile(path.join(parent, fileKey(sha256)), "overwritten");
    expect(await store.receiveFile(chunksOf(bytes, 300), { longest: 2_000 })).toEqual({ sha256, byteLength: 2_000 });
    expect(Buffer.compare(await store.get(fileKey(sha256)), bytes)).toBe(0);
    expect(await readdir(path.join(parent, "damaged"))).toHaveLength(1);
    await rm(parent, { recursive: true });
  });

  it("counts temporary files of unfinished writes in the folder, and removes those that are old enough", async () => {
    const parent = await mkdtemp(path.join(tmpdir(), "pareidolia-objects-"));
    const store = openFolderStore({ folder: parent });
    const old = path.join(parent, "incoming", "old");
    await mkdir(path.join(parent, "incoming"));
    await writeFile(old, "1234");
    await writeFile(path.join(parent, "incoming", "young"), "12");
    await utimes(old, new Date(0), new Date(0));
    const writtenBefore = new Date(Date.now() - minute);
    expect(await store.clearLeftovers({ writtenBefore, dryRun: true })).toEqual({ count: 1, byteLength: 4 });
    expect(await readdir(path.join(parent, "incoming"))).toHaveLength(2);
    expect(await store.clearLeftovers({ writtenBefore, dryRun: false })).toEqual({ count: 1, byteLength: 4 });
    expect(await readdir(path.join(parent, "incoming"))).toEqual(["young"]);
    await rm(parent, { recursive: true });
  });

  it("reports a folder that cannot be written as unavailable", async () => {
    const parent = await mkdtemp(path.join(tmpdir(), "pareidolia-objects-"));
    await writeFile(path.join(parent, "file"), "");
    const store = openFolderStore({ folder: path.join(parent, "file") });
    const { bytes, sha256 } = sample(1);
    await expect(store.put(imageKey(sha256), bytes, png)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(store.probe()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await rm(parent, { recursive: true });
  });

  it("reports an S3 server that does not answer as unavailable", async () => {
    const options = { endpoint: "http://127.0.0.1:9", accessKey: "a", secretKey: "b", region: "us-east-1", bucket: "nowhere" };
    await expect(openS3Store(options)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("refuses incomplete S3 settings, and an endpoint that is not a URL", async () => {
    await expect(openObjectStore({ S3_ENDPOINT: "http://127.0.0.1:9" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(openObjectStore({ S3_ENDPOINT: "here", S3_ACCESS_KEY: "a", S3_SECRET_KEY: "b" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });

  it("uses the folder in PAREIDOLIA_HOME without S3 settings", async () => {
    const home = await mkdtemp(path.join(tmpdir(), "pareidolia-home-"));
    await mkdir(home, { recursive: true });
    const store = await openObjectStore({ PAREIDOLIA_HOME: home });
    const { bytes, sha256 } = sample(10);
    await store.put(imageKey(sha256), bytes, png);
    expect(await readdir(path.join(home, "objects", "images"))).toEqual([`${sha256}.png`]);
    await rm(home, { recursive: true });
  });
});
