/** The S3 store with a server that is silent, refuses, is overloaded or disconnects: a real server behind a proxy. */
import { createHash, randomBytes } from "node:crypto";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { findStoreOutage } from "@pareidolia/persistence/server/objectStores/storeOutage";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fault, type FaultProxy, startFaultProxy } from "../../support/faultProxy.ts";
import type { S3Server } from "../../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../../support/s3/startS3Server.ts";
import { skippedFor } from "../../support/skippedFor.ts";

const png = { contentType: "image/png" };
const faults: readonly { readonly fault: Fault; readonly words: string }[] = [
  { fault: "silent", words: "takes connections and never answers" },
  { fault: "refuse", words: "refuses connections" },
  { fault: "unavailable", words: "answers 503" },
];

let server: S3Server;
let proxy: FaultProxy;
let store: ObjectStore;
/** A store on the same bucket, without the proxy and with the usual deadlines. */
let patient: ObjectStore;

function sample(length: number): { key: string; bytes: Uint8Array } {
  const bytes = new Uint8Array(randomBytes(length));
  return { key: imageKey(createHash("sha256").update(bytes).digest("hex")), bytes };
}

/** The error of the call, or "hangs" if it takes longer than all deadlines allow. */
async function endOf(work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise((resolve) => {
    timer = setTimeout(resolve, 20_000, "hangs");
  });
  const end = await Promise.race([
    work.then(
      () => "succeeds",
      (error: unknown) => error,
    ),
    hangs,
  ]);
  clearTimeout(timer);
  return end;
}

beforeAll(async () => {
  server = await startS3Server();
  proxy = await startFaultProxy(server.endpoint);
  const timeouts = { silenceSeconds: 1, callSeconds: 2 };
  const bucket = freshBucket();
  store = await openS3Store({ ...server, endpoint: proxy.endpoint, bucket, timeouts });
  patient = await openS3Store({ ...server, bucket });
}, 120_000);
afterAll(async () => {
  await proxy.close();
  await server.stop();
}, 60_000);
beforeEach(() => proxy.set("pass"));

describe("an S3 server", skippedFor(withoutS3), () => {
  it.each(faults)("that $words fails every call with UNAVAILABLE, and is used again once it works", async ({ fault }) => {
    const { key, bytes } = sample(3_000);
    await store.put(key, bytes, png);
    await proxy.set(fault);
    const putFresh = (length: number) => {
      const fresh = sample(length);
      return store.put(fresh.key, fresh.bytes, png);
    };
    const calls: Record<string, () => Promise<unknown>> = {
      put: () => putFresh(10),
      "put of much": () => putFresh(4_000_000),
      get: () => store.get(key),
      find: () => store.find(key),
      has: () => store.has(key),
      openReadStream: () => store.openReadStream(key),
      list: async () => {
        for await (const _ of store.list());
      },
      probe: () => store.probe(),
      readMarker: () => store.readMarker(),
    };
    const ends = await Promise.all(Object.entries(calls).map(async ([name, call]) => [name, await endOf(call())] as const));
    for (const [name, end] of ends) {
      expect(end, name).toMatchObject({ code: "UNAVAILABLE" });
      expect(findStoreOutage(end), name).not.toBeNull();
    }
    await proxy.set("pass");
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
    await store.probe();
  });

  it("that disconnects within a body is called again, and no partial object is returned", async () => {
    const { key, bytes } = sample(200_000);
    await store.put(key, bytes, png);
    await proxy.set("cut");
    expect(await endOf(store.get(key))).toMatchObject({ code: "UNAVAILABLE" });
    const before = proxy.connections;
    const reading = store.get(key);
    await expect.poll(() => proxy.connections, { interval: 5, timeout: 4_000 }).toBeGreaterThan(before + 1);
    await proxy.set("pass");
    expect(Buffer.compare(await reading, bytes)).toBe(0);
  });

  it("that disconnects during an upload stores nothing, and accepts the upload afterwards", async () => {
    const { key, bytes } = sample(200_000);
    await proxy.set("cutUpload");
    expect(await endOf(store.put(key, bytes, png))).toMatchObject({ code: "UNAVAILABLE" });
    await proxy.set("pass");
    expect(await store.has(key)).toBe(false);
    await store.put(key, bytes, png);
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it.each(faults)("that $words for a moment loses no write", async ({ fault }) => {
    const { key, bytes } = sample(50_000);
    await proxy.set(fault);
    const writing = store.put(key, bytes, png);
    setTimeout(() => void proxy.set("pass"), 150);
    await writing;
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it("that answers slowly, but before the deadline, is waited for", async () => {
    await proxy.set("pass", { delay: 200 });
    const { key, bytes } = sample(5_000);
    await store.put(key, bytes, png);
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it("that has sent all data waits for a reader that pauses longer than the deadline", async () => {
    const { key, bytes } = sample(20_000_000);
    await patient.put(key, bytes, png);
    const stream = await store.openReadStream(key);
    const parts: Buffer[] = [];
    for await (const part of stream) {
      parts.push(part as Buffer);
      if (parts.length === 2) await new Promise((resolve) => setTimeout(resolve, 2_500));
    }
    expect(Buffer.compare(Buffer.concat(parts), bytes)).toBe(0);
  });
});
