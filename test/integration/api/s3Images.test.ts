/** End to end on a real S3 server: a run stores its images there, GraphQL lists them, and the API serves them. */
import { randomBytes } from "node:crypto";
import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { encodePng } from "@pareidolia/images/png";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import type { S3Server } from "../../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../../support/s3/startS3Server.ts";
import { skippedFor } from "../../support/skippedFor.ts";

let server: S3Server;
let api: TestApi;
let runId: string;

beforeAll(async () => {
  server = await startS3Server();
  api = await startTestApi({ objectStore: await openS3Store({ ...server, bucket: freshBucket() }) });
  runId = await seedRun(api.database, { seed: 22 });
});
afterAll(async () => {
  await api.close();
  await server.stop();
});

it("the API serves every elite of a run from S3, with bytes that match its hash, as immutable", skippedFor(withoutS3), async () => {
  const { database, objectStore } = api;
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier }));
  const { body } = await api.query("{ elites(first: 50) { nodes { image { sha256 url } } } }");
  const images: { sha256: string; url: string }[] = body.data.elites.nodes.map((elite: { image: unknown }) => elite.image);
  expect(images).toHaveLength(5);
  for (const image of images) {
    const response = await fetch(`${api.url}${image.url}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(image.sha256);
  }
});

for (const [size, side] of [
  ["small", 16],
  ["large", 200],
] as const)
  it(
    `the API delivers the bytes of a ${size} image with its length, and none for HEAD or to a browser that has them`,
    skippedFor(withoutS3),
    async () => {
      const png = encodePng({ width: side, height: side, channels: 3, pixels: new Uint8Array(randomBytes(side * side * 3)) });
      const hash = sha256(png);
      await api.objectStore.put(imageKey(hash), png, { contentType: "image/png" });
      const about = { name: "Noise", label: null, licence: "", source: "", idempotencyKey: null };
      const image = { sha256: hash, width: side, height: side, channels: 3 as const, byteLength: png.length };
      await api.database.transaction((transaction) =>
        createPhoto(transaction, { image, workspaceId: localWorkspaceId, createdById: localUserId, ...about }),
      );
      const ask = async (init: RequestInit) => {
        const response = await fetch(`${api.url}/images/${hash}.png`, init);
        const { status, headers } = response;
        const told = ["content-length", "content-type", "etag"].map((name) => headers.get(name));
        return { status, told, body: Buffer.from(await response.arrayBuffer()) };
      };
      const told = [String(png.length), "image/png", `"${hash}"`];
      expect(await ask({})).toEqual({ status: 200, told, body: Buffer.from(png) });
      expect(await ask({ method: "HEAD" })).toEqual({ status: 200, told, body: Buffer.alloc(0) });
      expect(await ask({ headers: { "if-none-match": `"${hash}"` } })).toMatchObject({ status: 304, body: Buffer.alloc(0) });
      expect(png.length > 64 * 1024).toBe(side === 200);
    },
  );
