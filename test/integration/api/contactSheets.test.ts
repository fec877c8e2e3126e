/** Contact sheets over real HTTP, and the best elites of an archive by GraphQL. */
import { placeOnSheet, sheetColumns } from "@pareidolia/core/contactSheet";
import { decodePng } from "@pareidolia/images/png";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;
beforeAll(async () => {
  api = await startMutationApi();
});
afterAll(() => api.close());

const classes = 5;
const side = 32;
const zoom = side / 8;

async function readSheet(generation: number) {
  const response = await fetch(`${api.url}/contact-sheets/RUN-1/${generation}/${side}.png`);
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toContain("immutable");
  return sharp(Buffer.from(await response.arrayBuffer()))
    .raw()
    .toBuffer({ resolveWithObject: true });
}

it("a contact sheet shows the image of every niche at its place, enlarged by whole pixels", async () => {
  const { node } = (await api.query('{ node(id: "RUN-1") { ... on EvolutionRun { generation archive { niche image { sha256 } } } } }')).body
    .data;
  const { data, info } = await readSheet(node.generation);
  expect([info.width, info.height, info.channels]).toEqual([Math.min(classes, sheetColumns) * side, side, 4]);
  expect(node.archive).toHaveLength(classes);
  for (const { niche, image } of node.archive) {
    const stored = decodePng(await api.objectStore.get(imageKey(image.sha256)));
    const { x, y } = placeOnSheet(niche, side);
    for (const [column, row] of [
      [0, 0],
      [3, 5],
      [7, 7],
    ] as const) {
      const at = ((y + row * zoom + 1) * info.width + x + column * zoom + 1) * 4;
      expect([...data.subarray(at, at + 4)], `niche ${niche}`).toEqual([
        ...new Array(3).fill(stored.pixels[row * stored.width + column]),
        255,
      ]);
    }
  }
});

it("a contact sheet shows an earlier generation", async () => {
  const { archiveAt } = (
    await api.query('{ node(id: "RUN-1") { ... on EvolutionRun { archiveAt(generation: 0) { niche image { sha256 } } } } }')
  ).body.data.node;
  const { data, info } = await readSheet(0);
  const [first] = archiveAt;
  const stored = decodePng(await api.objectStore.get(imageKey(first.image.sha256)));
  const { x, y } = placeOnSheet(first.niche, side);
  expect(data[(y * info.width + x) * 4]).toBe(stored.pixels[0]);
});

it("an experiment's preview has the size that links need, shows its images, and none of trashed runs", async () => {
  const readPreview = () => fetch(`${api.url}/contact-sheets/EXP-1/preview.png`);
  const response = await readPreview();
  const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  expect([response.status, response.headers.get("content-type"), width, height]).toEqual([200, "image/png", 1200, 630]);
  // Its best images change.
  expect(response.headers.get("cache-control")).toBe("private, no-cache");
  const { connection } = api.database;
  await connection.run.updateMany({ data: { trashedAt: new Date() } });
  try {
    expect((await readPreview()).status).toBe(404);
  } finally {
    await connection.run.updateMany({ data: { trashedAt: null } });
  }
});

it.each([
  ["a generation after the run's last", "RUN-1/100000/32.png", 400],
  ["an unsupported size", "RUN-1/0/33.png", 400],
  ["a negative generation", "RUN-1/-1/32.png", 400],
  ["a missing run", "RUN-999/0/32.png", 404],
  ["a preview of a missing experiment", "EXP-999/preview.png", 404],
  ["a preview of a run", "RUN-1/preview.png", 400],
])("the API answers %s with a 4xx status and a readable error", async (_name, path, status) => {
  const response = await fetch(`${api.url}/contact-sheets/${path}`);
  const text = await response.text();
  expect([response.status, JSON.parse(text).errors.length > 0]).toEqual([status, true]);
  expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules|SELECT /);
});

it("the API returns only the requested number of best elites, most confident first", async () => {
  const archiveOf = async (best: string) =>
    (await api.query(`{ node(id: "RUN-1") { ... on EvolutionRun { archive${best} { niche storedConfidence } } } }`)).body;
  const whole: { niche: number; storedConfidence: number }[] = (await archiveOf("")).data.node.archive;
  const { data } = await archiveOf("(best: 2)");
  expect(data.node.archive).toEqual(whole.toSorted((a, b) => b.storedConfidence - a.storedConfidence).slice(0, 2));
  expect((await archiveOf("(best: 0)")).errors).toHaveLength(1);
});
