/** A small bundle in memory, with text that is hard to write and to read. */
import { createHash } from "node:crypto";
import { readZip } from "@pareidolia/archive/zip/readZip";
import { lineOf } from "@pareidolia/exchange/bundleRow";
import type { RowOf, TableName } from "@pareidolia/exchange/bundleTables";
import { type Bundle, bundleLimits, readBundle } from "@pareidolia/exchange/readBundle";
import type { BundleInput, LinesOfTable } from "@pareidolia/exchange/writeBundle";

export const sha256Of = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

export function linesOfRows<Name extends TableName>(name: Name, rows: readonly RowOf<Name>[]): readonly [Name, LinesOfTable] {
  const lines = rows.map((row) => lineOf(name, row));
  return [
    name,
    {
      rows: rows.length,
      sha256: sha256Of(lines.join("")),
      async *lines() {
        yield* lines;
      },
    },
  ];
}

export const sampleImages = ["first", "second"].map((text) => new TextEncoder().encode(`PNG ${text}`));
const hashes = sampleImages.map(sha256Of).sort();

/** Names that a spreadsheet would run, or that break lines. */
export const sampleNames = ['=HYPERLINK("http://lab.example")', "+1 more", "'quoted", "line\r\nbreak", "naïve 🦉", "-5"];

export function sampleBundle(change: Partial<BundleInput> = {}): BundleInput {
  const createdAt = "2026-11-27T20:00:00.000Z";
  const experiments = sampleNames.map((name, experiment) => ({
    experiment,
    name,
    description: "",
    notes: "",
    tags: ["a", "=b"],
    archived_at: null,
    created_at: createdAt,
  }));
  const comments = [{ comment: 0, experiment: 1, run: null, body: "@SUM(A1)", created_at: createdAt, edited_at: null }];
  const images = hashes.map((sha256) => ({ sha256, width: 28, height: 28, channels: 1, byte_length: 9 }));
  const credits = [{ table: "experiments", row: 0, role: "creator", name: "Ada" }];
  const byHash = new Map(sampleImages.map((bytes) => [sha256Of(bytes), bytes]));
  const none = { hashes: [], read: () => Promise.reject(new Error("no file")) };
  return {
    subject: "workspace",
    parts: ["images", "genomes", "scores", "models"],
    formats: ["jsonl", "csv", "parquet"],
    origin: { software: "0.1.0", workspace: "Lab", key: null },
    leftOut: ["votes"],
    tables: new Map<TableName, LinesOfTable>([
      linesOfRows("experiments", experiments),
      linesOfRows("comments", comments),
      linesOfRows("images", images),
      linesOfRows("credits", credits),
    ]),
    folders: {
      images: { hashes, read: (sha256) => Promise.resolve(byHash.get(sha256) as Uint8Array) },
      genomes: none,
      files: none,
    },
    ...change,
  };
}

export async function bytesOfPieces(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const found: Uint8Array[] = [];
  for await (const piece of pieces) found.push(piece);
  return Buffer.concat(found);
}

export async function filesOfBytes(bytes: Uint8Array) {
  return readZip({ size: bytes.length, read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)) }, bundleLimits);
}

export async function bundleOfBytes(bytes: Uint8Array): Promise<Bundle> {
  return readBundle(await filesOfBytes(bytes));
}
