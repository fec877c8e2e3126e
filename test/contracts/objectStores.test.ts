/** What every object store promises, asked of the folder store and of a real S3 server. */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { openFolderStore } from "@pareidolia/persistence/objectStores/folderStore";
import { genomeKey, imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { openObjectStore } from "@pareidolia/persistence/objectStores/openObjectStore";
import { openS3Store } from "@pareidolia/persistence/objectStores/s3Store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshBucket, type S3Server, startS3Server } from "../support/s3Server.ts";

const png = { contentType: "image/png" };

function sample(length: number): { bytes: Uint8Array; sha256: string } {
  const bytes = new Uint8Array(randomBytes(length));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

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

describe.each(subjects)("the $name store", ({ open, close }) => {
  let store: ObjectStore;
  beforeAll(async () => {
    store = await open();
  }, 120_000);
  afterAll(close, 60_000);

  it.each([1, 100, 4097, 6_000_000, 40_000_000])("gives back the %i bytes that were put, whole and as a stream", async (length) => {
    const { bytes, sha256 } = sample(length);
    const key = imageKey(sha256);
    await store.put(key, bytes, png);
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
    expect(Buffer.compare((await store.find(key)) ?? new Uint8Array(), bytes)).toBe(0);
    expect(Buffer.compare(await buffer(await store.openReadStream(key)), bytes)).toBe(0);
    expect(await store.has(key)).toBe(true);
  });

  it("says that it has nothing where nothing was put", async () => {
    const key = genomeKey(sample(8).sha256);
    expect(await store.has(key)).toBe(false);
    expect(await store.find(key)).toBeNull();
    await expect(store.get(key)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(store.openReadStream(key)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("takes the same bytes again and refuses bytes that are not those of their key", async () => {
    const { bytes, sha256 } = sample(500);
    const key = imageKey(sha256);
    await store.put(key, bytes, png);
    await store.put(key, bytes, png);
    await expect(store.put(key, sample(500).bytes, png)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it("serves many writers of one object at once, and never shows half an object", async () => {
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

  it("says that it works, and keeps the marker that was written first until it is told to replace it", async () => {
    await store.probe();
    await store.probe();
    expect(await store.readMarker()).toBeNull();
    await store.writeMarker("first", { replace: false });
    await store.writeMarker("second", { replace: false });
    expect(await store.readMarker()).toBe("first");
    await store.writeMarker("third", { replace: true });
    expect(await store.readMarker()).toBe("third");
    expect(await store.findDamage()).toEqual([]);
    expect(store.place).toMatch(/^the (?:folder|bucket) /);
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
  it("leaves no temporary file in the folder, whether a put succeeds or is refused", async () => {
    const parent = await mkdtemp(path.join(tmpdir(), "pareidolia-objects-"));
    const store = openFolderStore({ folder: parent });
    const { bytes, sha256 } = sample(10);
    await store.put(imageKey(sha256), bytes, png);
    await expect(store.put(imageKey(sha256), sample(10).bytes, png)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await store.probe();
    expect(await readdir(path.join(parent, "incoming"))).toEqual([]);
    await rm(parent, { recursive: true });
  });

  it("names a folder that cannot be written as unavailable", async () => {
    const parent = await mkdtemp(path.join(tmpdir(), "pareidolia-objects-"));
    await writeFile(path.join(parent, "file"), "");
    const store = openFolderStore({ folder: path.join(parent, "file") });
    const { bytes, sha256 } = sample(1);
    await expect(store.put(imageKey(sha256), bytes, png)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(store.probe()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await rm(parent, { recursive: true });
  });

  it("names an S3 server that does not answer as unavailable", async () => {
    const options = { endpoint: "http://127.0.0.1:9", accessKey: "a", secretKey: "b", region: "us-east-1", bucket: "nowhere" };
    await expect(openS3Store(options)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("refuses half of the S3 settings and an endpoint that is no URL", async () => {
    await expect(openObjectStore({ S3_ENDPOINT: "http://127.0.0.1:9" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(openObjectStore({ S3_ENDPOINT: "here", S3_ACCESS_KEY: "a", S3_SECRET_KEY: "b" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });

  it("uses the folder in PAREIDOLIA_HOME when no S3 is named", async () => {
    const home = await mkdtemp(path.join(tmpdir(), "pareidolia-home-"));
    await mkdir(home, { recursive: true });
    const store = await openObjectStore({ PAREIDOLIA_HOME: home });
    const { bytes, sha256 } = sample(10);
    await store.put(imageKey(sha256), bytes, png);
    expect(await readdir(path.join(home, "objects", "images"))).toEqual([`${sha256}.png`]);
    await rm(home, { recursive: true });
  });
});
