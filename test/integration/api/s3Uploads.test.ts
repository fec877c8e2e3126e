/** Uploads that go straight to a real S3 server: the API sees the file only when it is finished. */
import { createHash, randomBytes } from "node:crypto";
import { postedFiles } from "@pareidolia/persistence/server/cleanUps/postedFiles";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import type { S3Server } from "../../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../../support/s3/startS3Server.ts";
import { finishUpload, postForm, requestUpload, sendUpload } from "../../support/sendUpload.ts";
import { skippedFor } from "../../support/skippedFor.ts";

let server: S3Server;
let objectStore: ObjectStore;
let api: TestApi;
beforeAll(async () => {
  server = await startS3Server();
  objectStore = await openS3Store({ ...server, publicEndpoint: server.endpoint, bucket: freshBucket() });
  api = await startTestApi({ objectStore });
  await seedLocalOwner(api.database.connection);
});
afterAll(async () => {
  await api.close();
  await server.stop();
});

const postedIds = async () => {
  const ids: string[] = [];
  for await (const { id } of objectStore.posted.list()) ids.push(id);
  return ids;
};

it(
  "a file is posted to the S3 server, checked and stored by its content when it is finished, and the posted copy is removed",
  skippedFor(withoutS3),
  async () => {
    const bytes = new Uint8Array(randomBytes(300_000));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { upload, form } = await requestUpload(api, { byteLength: bytes.length });
    expect(form.url.startsWith(server.endpoint)).toBe(true);
    expect(form.fields.map(({ value }: { value: string }) => value)).not.toContain(server.secretKey);
    expect((await postForm(api, form, bytes)).status).toBe(204);
    expect(await postedIds()).toEqual([upload.id]);
    expect(await finishUpload(api, upload.id)).toMatchObject({ upload: { sha256, byteLength: bytes.length } });
    expect([await postedIds(), await objectStore.has(fileKey(sha256))]).toEqual([[], true]);
  },
);

it(
  "a form that is sent again after its upload is finished changes nothing, and the clean-up removes its file at once",
  skippedFor(withoutS3),
  async () => {
    const first = new Uint8Array(randomBytes(500));
    const { upload, form } = await requestUpload(api, { byteLength: 500 });
    await postForm(api, form, first);
    const { upload: finished } = await finishUpload(api, upload.id);
    expect((await postForm(api, form, new Uint8Array(randomBytes(500)))).status).toBe(204);
    expect(await finishUpload(api, upload.id)).toMatchObject({ upload: { sha256: finished.sha256 } });
    expect(Buffer.compare(await objectStore.get(fileKey(finished.sha256)), first)).toBe(0);
    const context = { database: api.database, objectStore, dryRun: false, signal: new AbortController().signal };
    expect(await postedFiles.cleanUp(context)).toMatchObject({ removed: { count: 1, byteLength: 500 } });
    expect(await postedIds()).toEqual([]);
  },
);

it("a form for the S3 server is not accepted by the API, and another size not by the S3 server", skippedFor(withoutS3), async () => {
  const { form } = await requestUpload(api, { byteLength: 10 });
  expect((await postForm(api, { ...form, url: "/uploads" }, new Uint8Array(10))).status).toBeGreaterThanOrEqual(400);
  expect((await postForm(api, form, new Uint8Array(11))).status).toBe(400);
  expect(await postedIds()).toEqual([]);
});

it("the same file can be sent by two uploads, which share one object", skippedFor(withoutS3), async () => {
  const bytes = new Uint8Array(randomBytes(700));
  const [one, two] = [await sendUpload(api, bytes), await sendUpload(api, bytes, "PHOTO")];
  expect(one.sha256).toBe(two.sha256);
});

it(
  "a file that is too large for one request is stored in parts, read back as it was, and can be sent again",
  skippedFor(withoutS3),
  async () => {
    const parts = { above: 6 * 2 ** 20, bytes: 5 * 2 ** 20 };
    const store = await openS3Store({ ...server, bucket: freshBucket(), parts });
    const bytes = randomBytes(12 * 2 ** 20);
    const body = async function* () {
      for (let at = 0; at < bytes.length; at += 2 ** 20) yield bytes.subarray(at, at + 2 ** 20);
    };
    for (let time = 0; time < 2; time++) {
      const { sha256, byteLength } = await store.receiveFile(body(), { longest: bytes.length });
      expect([sha256, byteLength]).toEqual([createHash("sha256").update(bytes).digest("hex"), bytes.length]);
      expect(Buffer.compare(await store.get(fileKey(sha256)), bytes)).toBe(0);
    }
  },
);
