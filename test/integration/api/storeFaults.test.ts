/** What clients of the API notice when its object store fails or has a damaged file. */
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type Fault, type FaultProxy, startFaultProxy } from "../../support/faultProxy.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import type { S3Server } from "../../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../../support/s3/startS3Server.ts";
import { postForm, requestUpload } from "../../support/sendUpload.ts";
import { skippedFor } from "../../support/skippedFor.ts";

const input = { width: 8, height: 8, channels: 1 } as const;

async function withTimeout<T>(work: Promise<T>): Promise<T | "hangs"> {
  return Promise.race([work, sleep(15_000, "hangs" as const, { ref: false })]);
}

describe("an API whose S3 server", skippedFor(withoutS3), () => {
  let server: S3Server;
  let proxy: FaultProxy;
  let api: TestApi;
  /** Images that no test has requested yet. */
  let images: string[];
  const readiness = async () => {
    const response = await fetch(`${api.url}/readyz`);
    return { status: response.status, body: await response.json() };
  };
  const upload = async (byte: number) => {
    const bytes = new Uint8Array(100).fill(byte);
    const { form } = await requestUpload(api, { byteLength: bytes.length });
    return postForm(api, form, bytes);
  };

  beforeAll(async () => {
    server = await startS3Server();
    proxy = await startFaultProxy(server.endpoint);
    const bucket = freshBucket();
    const timeouts = { silenceSeconds: 1, callSeconds: 1 };
    api = await startTestApi({ objectStore: await openS3Store({ ...server, endpoint: proxy.endpoint, bucket, timeouts }) });
    const runId = await seedRun(api.database);
    const objectStore = await openS3Store({ ...server, bucket });
    await carryOutRun(
      { runId },
      evolveContext({ database: api.database, objectStore, classifier: createLinearClassifier({ input, classes: 5 }) }),
    );
    const genomes = await api.database.connection.genome.findMany({ where: { runId }, distinct: ["imageSha256"] });
    images = genomes.map(({ imageSha256 }) => imageSha256);
  });
  afterAll(async () => {
    await api.close();
    await proxy.close();
    await server.stop();
  });
  beforeEach(() => proxy.set("pass"));

  it.each<{ fault: Fault; words: string }>([
    { fault: "silent", words: "never answers" },
    { fault: "refuse", words: "refuses connections" },
    { fault: "unavailable", words: "answers 503" },
  ])("$words is not ready, gives the reason, serves everything else, and is ready again afterwards", async ({ fault }) => {
    const [image, sent] = images.splice(0, 2);
    await expect.poll(async () => (await readiness()).status, { timeout: 10_000 }).toBe(200);
    expect((await fetch(`${api.url}/images/${sent}.png`)).status).toBe(200);
    await proxy.set(fault);
    await expect
      .poll(() => withTimeout(readiness()), { timeout: 15_000 })
      .toMatchObject({ status: 503, body: { status: "unavailable", database: true, objectStore: false } });
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    const { body } = await api.query("{ runs { nodes { key } } objectStore { place problem damagedFiles { file } } }");
    expect(body.data.runs.nodes).toHaveLength(1);
    expect(body.data.objectStore).toMatchObject({ problem: expect.stringMatching(/S3 server/), damagedFiles: [] });
    const answer = await withTimeout(fetch(`${api.url}/images/${image}.png`));
    expect(answer).toMatchObject({ status: 503 });
    expect((await fetch(`${api.url}/images/${sent}.png`)).status).toBe(200);
    await proxy.set("pass");
    await expect.poll(async () => (await readiness()).status, { timeout: 10_000 }).toBe(200);
    expect((await fetch(`${api.url}/images/${image}.png`)).status).toBe(200);
  });

  it("never answers ends uploads with 503, and does not block later uploads", async () => {
    await proxy.set("silent");
    const blocked = await withTimeout(Promise.all([upload(1), upload(2)]));
    expect(blocked).toMatchObject([{ status: 503 }, { status: 503 }]);
    await proxy.set("pass");
    await expect.poll(async () => (await upload(3)).status, { timeout: 10_000 }).toBe(204);
  });
});

describe("an API whose object folder is not mounted", () => {
  it("says why the store does not work, and lists no damage", async () => {
    const home = await mkdtemp(path.join(tmpdir(), "pareidolia-unmounted-"));
    const folder = path.join(home, "objects");
    const api = await startTestApi({ objectStore: openFolderStore({ folder }) });
    try {
      await rm(folder, { recursive: true, force: true });
      await writeFile(folder, "");
      await expect
        .poll(async () => (await api.query("{ objectStore { problem damagedFiles { file } } }")).body, { timeout: 10_000 })
        .toEqual({ data: { objectStore: { problem: expect.stringContaining("The object folder"), damagedFiles: [] } } });
    } finally {
      await api.close();
      await rm(home, { recursive: true });
    }
  });
});

describe("an API whose object folder has a truncated pack", () => {
  it("serves every other image, lists the lost image with its runs, and is ready", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-damage-"));
    const api = await startTestApi({ objectStore: openFolderStore({ folder }) });
    try {
      const runId = await seedRun(api.database, { encoding: "cppn" });
      const objectStore = openFolderStore({ folder });
      const classifier = createLinearClassifier({ input, classes: 5 });
      await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore, classifier }));
      const [pack] = (await readdir(path.join(folder, "packs"))).sort();
      const file = path.join(folder, "packs", pack as string);
      await truncate(file, (await stat(file)).size - 1);

      const { body } = await api.query(
        "{ objectStore { problem damagedFiles { file problem lostCount lost runs { key } } } elites(first: 50) { nodes { image { url } } } }",
      );
      const [damaged, ...more] = body.data.objectStore.damagedFiles;
      expect(more).toEqual([]);
      expect(damaged).toMatchObject({ file: `packs/${pack}`, lostCount: 1, runs: [{ key: "RUN-1" }] });
      const lost = damaged.lost[0] as string;
      const images = await api.database.connection.image.findMany();
      expect(images.length).toBeGreaterThan(3);
      for (const { sha256 } of images) {
        const { status } = await fetch(`${api.url}/images/${sha256}.png`);
        expect({ sha256, status }).toEqual({ sha256, status: lost === `images/${sha256}.png` ? 404 : 200 });
      }
      expect(body.data.objectStore.problem).toBeNull();
      expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
    } finally {
      await api.close();
      await rm(folder, { recursive: true });
    }
  });
});
