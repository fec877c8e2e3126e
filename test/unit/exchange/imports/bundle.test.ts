/** Exports of this product as imported runs: figures, curve, images with classes, and hashes that do not hold. */
import type { RowOf, TableName } from "@pareidolia/exchange/bundleTables";
import { openForeign } from "@pareidolia/exchange/imports/openForeign";
import { type LinesOfTable, writeBundle } from "@pareidolia/exchange/writeBundle";
import { decodePng, encodePng } from "@pareidolia/images/png";
import { describe, expect, it } from "vitest";
import { bytesOfPieces, linesOfRows, sampleBundle, sha256Of } from "../../../support/sampleBundle.ts";
import { imagesOf } from "./fixture.ts";

const png = (grey: number) => encodePng({ width: 2, height: 2, channels: 1, pixels: new Uint8Array(4).fill(grey) });
const files = [png(1), png(2)];
const byHash = new Map(files.map((bytes) => [sha256Of(bytes), bytes]));
const [first, second] = files.map(sha256Of) as [string, string];
const time = "2026-11-27T20:00:00.000Z";

const model: RowOf<"models"> = {
  model: 0,
  slug: "lenet",
  origin: "zoo",
  name: "LeNet",
  description: "",
  licence: "",
  source: "",
  sha256: "a".repeat(64),
  byte_length: 1,
  width: 2,
  height: 2,
  channels: 1,
  labels: ["zero", "one"],
  label_space: "digits",
  preprocessing: null,
  test_error: null,
};

const run: RowOf<"runs"> = {
  run: 0,
  experiment: null,
  model: 0,
  sweep: null,
  sweep_point: null,
  sweep_replicate: null,
  name: "",
  kind: "evolution",
  method: "cppn",
  preset: "paper",
  parameters: { offspring: 2, rates: [1, 2] },
  plan: { encoding: "cppn", generations: 1, offspring: 2 },
  framing: { kind: "whole" },
  source_image: null,
  seed: 7,
  manifest: null,
  state: "PAUSED",
  failure: null,
  generation: 1,
  evaluations: 4,
  archive_hash: null,
  median: 0.5,
  fooling_count: 1,
  stopped_by: null,
  compute_seconds: 2,
  forked_from: null,
  fork_generation: null,
  rerun_of: null,
  notes: "A note.",
  tags: ["paper"],
  archived_at: null,
  trimmed_at: null,
  created_at: time,
  started_at: time,
  ended_at: null,
};

const genomes: RowOf<"genomes">[] = [first, second].map((image, index) => ({
  run: 0,
  generation: 0,
  index,
  sha256: sha256Of(String(index)),
  byte_length: 1,
  bytes: Buffer.from(String(index)).toString("base64"),
  parents: [],
  copied: false,
  image,
}));

const elite = (niche: number, index: number, replacedAt: number | null): RowOf<"elites"> => ({
  run: 0,
  niche,
  generation: 0,
  genome_generation: 0,
  genome_index: index,
  replaced_at: replacedAt,
  fitness: 0.5,
  stored_fitness: 0.75,
});

function bundle(image: (sha256: string) => Uint8Array = (sha256) => byHash.get(sha256) as Uint8Array): Promise<Uint8Array> {
  const images = [...byHash].map(([sha256, { length }]) => ({ sha256, width: 2, height: 2, channels: 1, byte_length: length }));
  images.sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
  const hashes = images.map(({ sha256 }) => sha256);
  const none = { hashes: [], read: () => Promise.reject(new Error("no file")) };
  const generations = [
    { run: 0, generation: 1, median: 0.5, mean: 0.5, minimum: 0, maximum: 1, jumps: 1, filled: 2, evaluations: 4, chain_hash: null },
  ];
  const tables = new Map<TableName, LinesOfTable>([
    linesOfRows("models", [model]),
    linesOfRows("runs", [run]),
    linesOfRows("images", images),
    linesOfRows("generations", generations),
    linesOfRows("genomes", genomes),
    linesOfRows("elites", [elite(0, 0, 1), elite(0, 1, null), elite(1, 0, null)]),
    linesOfRows("keys", [{ table: "runs", row: 0, key: "RUN-12", events: 3 }]),
  ]);
  const folders = { images: { hashes, read: (sha256: string) => Promise.resolve(image(sha256)) }, genomes: none, files: none };
  return bytesOfPieces(writeBundle(sampleBundle({ subject: "run", formats: ["jsonl"], tables, folders })).pieces);
}

const open = (bytes: Uint8Array) => openForeign({ bytes, fileName: "EXPORT-1.zip" }, decodePng);

describe("an export of this product", () => {
  it("arrives as runs with figures, curve, and the images of present elites", async () => {
    const data = await open(await bundle());
    expect(data.format).toBe("pareidolia");
    const [only] = data.runs;
    expect(only).toMatchObject({
      sourceKey: "RUN-12",
      name: "RUN-12 cppn",
      state: "CANCELLED",
      sourceState: "PAUSED",
      parameters: { offspring: 2, seed: 7, model: "lenet", kind: "evolution", method: "cppn", preset: "paper" },
      metrics: { median: 0.5, foolingCount: 1, evaluations: 4, generation: 1, computeSeconds: 2 },
      tags: ["paper"],
      notes: "A note.",
      imageCount: 2,
      curve: [{ generation: 1, median: 0.5, mean: 0.5, minimum: 0, maximum: 1 }],
    });
    const images = await imagesOf(data);
    expect(images.map(({ image: { pixels }, niche, label, claimed }) => [pixels[0], niche, label, claimed])).toEqual([
      [2, 0, "zero", 0.75],
      [1, 1, "one", 0.75],
    ]);
    // The stored file is the exported one.
    expect(sha256Of(encodePng((images[0] as (typeof images)[0]).image))).toBe(second);
  });

  it("is refused if a row or a file has other bytes than the manifest says", async () => {
    const bytes = await bundle();
    const intact = await imagesOf(await open(bytes));
    let refused = 0;
    const places = Array.from({ length: 40 }, (_, step) => 40 + Math.floor((step * (bytes.length - 60)) / 40));
    for (const place of places) {
      const changed = Uint8Array.from(bytes);
      changed[place] = (changed[place] as number) ^ 0xff;
      const outcome = await open(changed)
        .then(imagesOf)
        .catch((error: unknown) => error);
      // Bits that no reader uses, such as the time of a file, may change: then the content is the same.
      if (!(outcome instanceof Error)) expect(outcome).toEqual(intact);
      else {
        expect(outcome).toMatchObject({ code: "CORRUPT_DATA" });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(20);
  });
});
