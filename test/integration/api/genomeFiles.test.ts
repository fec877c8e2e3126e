/** The files of genomes: documents that redraw their images, and canonical bytes. */
import { createHash } from "node:crypto";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const runId = await seedRun(api.database);
  await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier }));
});
afterAll(() => api.close());

it("serves each genome as a document that draws its image again, and as its canonical bytes", async () => {
  const { body } = await api.query("{ genomes(first: 3) { nodes { url sha256 byteLength document image { sha256 } } } }");
  expect(body.data.genomes.nodes).toHaveLength(3);
  for (const { url, sha256, byteLength, document } of body.data.genomes.nodes) {
    const response = await fetch(`${api.url}${url}`);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await response.json()).toEqual(document);
    const file = await fetch(`${api.url}${url.replace(/json$/, "bin")}`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect([bytes.byteLength, createHash("sha256").update(bytes).digest("hex")]).toEqual([byteLength, sha256]);
    const headers = { "if-none-match": file.headers.get("etag") ?? "" };
    expect((await fetch(`${api.url}${url.replace(/json$/, "bin")}`, { headers })).status).toBe(304);
  }
  const statuses = ["missing.json", `${encodeGlobalId("Genome", "missing")}.json`, `${encodeGlobalId("Run", "x")}.bin`, "a.png"].map(
    async (file) => (await fetch(`${api.url}/genomes/${file}`)).status,
  );
  expect(await Promise.all(statuses)).toEqual([400, 404, 400, 400]);
});
