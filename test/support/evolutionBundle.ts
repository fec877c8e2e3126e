/** A small bundle of an evolution of two generations, with real images and genomes. */
import type { RowOf, TableName } from "@pareidolia/exchange/bundleTables";
import { type LinesOfTable, writeBundle } from "@pareidolia/exchange/writeBundle";
import { encodePng } from "@pareidolia/images/png";
import { bytesOfPieces, linesOfRows, sampleBundle, sha256Of } from "./sampleBundle.ts";

const png = (grey: number) => encodePng({ width: 2, height: 2, channels: 1, pixels: new Uint8Array(4).fill(grey) });
const files = [png(1), png(2)];
const byHash = new Map(files.map((bytes) => [sha256Of(bytes), bytes]));
export const [firstImage, secondImage] = files.map(sha256Of) as [string, string];
const time = "2026-11-27T20:00:00.000Z";

export const evolutionModel: RowOf<"models"> = {
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

export const evolutionRun: RowOf<"runs"> = {
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
  parameters: { offspring: 2 },
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

export const genomeOf = (generation: number, image: string, parents: readonly number[], index = 0): RowOf<"genomes"> => ({
  run: 0,
  generation,
  index,
  sha256: sha256Of(String(generation)),
  byte_length: 1,
  bytes: Buffer.from(String(generation)).toString("base64"),
  parents,
  copied: false,
  image,
});

const elite = (niche: number, generation: number, replacedAt: number | null): RowOf<"elites"> => ({
  run: 0,
  niche,
  generation,
  genome_generation: generation,
  genome_index: 0,
  replaced_at: replacedAt,
  search_fitness: 0.5,
  stored_fitness: 0.75,
});

const probabilities = Buffer.alloc(8);
probabilities.writeFloatLE(0.75, 0);
probabilities.writeFloatLE(0.25, 4);

export function evolutionBundle(): Promise<Uint8Array> {
  const images = [...byHash].map(([sha256, { length }]) => ({ sha256, width: 2, height: 2, channels: 1, byte_length: length }));
  images.sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
  const hashes = images.map(({ sha256 }) => sha256);
  const none = { hashes: [], read: () => Promise.reject(new Error("no file")) };
  const stored = { median: 0.75, mean: 0.75, minimum: 0.75, maximum: 0.75 };
  const search = { search_median: 0.5, search_mean: 0.5, search_minimum: 0.5, search_maximum: 0.5 };
  const statistics = { ...stored, ...search, jumps: 1, filled: 2, evaluations: 4, chain_hash: null };
  const score = {
    image: hashes[0] as string,
    model: 0,
    top_class: 0,
    top_confidence: 0.75,
    probabilities: probabilities.toString("base64"),
  };
  const tables = new Map<TableName, LinesOfTable>([
    linesOfRows("models", [evolutionModel]),
    linesOfRows("runs", [evolutionRun]),
    linesOfRows("images", images),
    linesOfRows("generations", [{ run: 0, generation: 1, ...statistics }]),
    linesOfRows("genomes", [genomeOf(0, firstImage, []), genomeOf(1, secondImage, [0, 0])]),
    linesOfRows("elites", [elite(0, 0, 1), elite(0, 1, null), elite(1, 0, null)]),
    linesOfRows("scores", [score]),
    linesOfRows("keys", [{ table: "runs", row: 0, key: "RUN-12", events: 3 }]),
  ]);
  const read = (sha256: string) => Promise.resolve(byHash.get(sha256) as Uint8Array);
  const folders = { images: { hashes, read }, genomes: none, files: none };
  return bytesOfPieces(writeBundle(sampleBundle({ subject: "run", formats: ["jsonl"], tables, folders })).pieces);
}
