/** End to end on a real S3 server: a run stores its images there, GraphQL lists them, and the API serves them. */

import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { openS3Store } from "@pareidolia/persistence/objectStores/s3Store";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import { freshBucket, type S3Server, startS3Server } from "../../support/s3Server.ts";

let server: S3Server;
let api: TestApi;

beforeAll(async () => {
  server = await startS3Server();
  api = await startTestApi({ objectStore: await openS3Store({ ...server, bucket: freshBucket() }) });
});
afterAll(async () => {
  await api.close();
  await server.stop();
});

it("the API serves every elite of a run from S3, with bytes that match its hash, as immutable", async () => {
  const { database, objectStore } = api;
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const runId = await seedRun(database, { seed: 22 });
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
