/** Exports that are larger than memory: what their reading takes, and hostile archives of their size. */
import { mkdtemp, open, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { openArchive } from "@pareidolia/archive/openArchive";
import type { TableName } from "@pareidolia/exchange/bundleTables";
import { bundleLimits, readBundle } from "@pareidolia/exchange/readBundle";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import { type LinesOfTable, writeBundle } from "@pareidolia/exchange/writeBundle";
import { openImportFolder } from "@pareidolia/workers/imports/importFolder";
import { readPreview } from "@pareidolia/workers/imports/readImport";
import { rangesOf } from "@pareidolia/workers/imports/restoring/statedConfidences";
import type { ReadLimits } from "@pareidolia/workers/imports/runImportProcess";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evolutionBundle, evolutionModel, evolutionRun, genomeOf } from "../../../support/evolutionBundle.ts";
import { type FarZipChange, writeFarZip } from "../../../support/farZip.ts";
import { linesOfRows, sampleBundle, sha256Of } from "../../../support/sampleBundle.ts";

const mebibyte = 2 ** 20;
const gap = 6 * 2 ** 30;
/** Node with the program takes about half of this. */
const memory = 240 * mebibyte;
const limits: ReadLimits = { seconds: 60, bytesPerSecond: 2 ** 40, memoryBytes: memory, mostMemoryBytes: memory };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-large-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const previewOf = (file: string, byteLength: number) =>
  readPreview({ path: file, byteLength, fileName: "EXPORT-1.zip", choices: [] }, new AbortController().signal, limits);

/** Reads and checks all of an archive of 6 GB. */
async function verifyFar(change: NonNullable<FarZipChange["change"]>): Promise<void> {
  const file = path.join(folder, "far.zip");
  await writeFarZip(file, await evolutionBundle(), { gap, change });
  const archive = await openArchive(file, bundleLimits);
  try {
    await (await readBundle(archive.files)).verify();
  } finally {
    await archive.close();
  }
}

/** Writes the archive with holes where it has only zeros. */
async function writeSparse(file: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(file, "w");
  const zeros = Buffer.alloc(8 * mebibyte);
  let at = 0;
  for await (const piece of pieces) {
    if (!zeros.subarray(0, piece.length).equals(piece)) await handle.write(piece, 0, piece.length, at);
    at += piece.length;
  }
  await handle.close();
  return at;
}

/** Of an evolution whose images are zeros: they are hashed, and only decoded when they are shown or stored. */
function bundleOfZeros(count: number, bytes: number) {
  const zeros = new Uint8Array(bytes);
  const byHash = new Map(Array.from({ length: count }, (_, at) => [sha256Of(zeros.subarray(at)), zeros.subarray(at)] as const));
  const hashes = [...byHash.keys()].sort();
  const images = hashes.map((sha256) => ({
    sha256,
    width: 2,
    height: 2,
    channels: 1,
    byte_length: (byHash.get(sha256) as Uint8Array).length,
  }));
  const tables = new Map<TableName, LinesOfTable>([
    linesOfRows("models", [evolutionModel]),
    linesOfRows("runs", [evolutionRun]),
    linesOfRows("images", images),
    linesOfRows(
      "genomes",
      hashes.map((sha256, index) => genomeOf(0, sha256, [], index)),
    ),
  ]);
  const none = { hashes: [], read: () => Promise.reject(new Error("no file")) };
  const read = (sha256: string) => Promise.resolve(byHash.get(sha256) as Uint8Array);
  const folders = { images: { hashes, read }, genomes: none, files: none };
  return writeBundle(sampleBundle({ subject: "run", formats: ["jsonl"], tables, folders })).pieces;
}

describe("an export that is larger than memory", () => {
  it("is read from its directory: 6 GB take no more memory than a few kilobytes", async () => {
    const file = path.join(folder, "far.zip");
    const { preview, thumbnails } = await previewOf(file, await writeFarZip(file, await evolutionBundle(), { gap }));
    expect(preview).toMatchObject({ format: "pareidolia", runCount: 1, imageCount: 2 });
    expect(thumbnails).toHaveLength(2);
  });

  it("is hashed file by file: 280 MB of images take no more memory than one of them", async () => {
    const file = path.join(folder, "zeros.zip");
    const byteLength = await writeSparse(file, bundleOfZeros(35, 8 * mebibyte));
    expect(byteLength).toBeGreaterThan(memory);
    const { preview } = await previewOf(file, byteLength);
    expect(preview).toMatchObject({ imageCount: 35, runCount: 1 });
  });

  it("is refused with the sum of its sizes if it unpacks to more than twenty times its own", async () => {
    const file = path.join(folder, "bomb.zip");
    const change: FarZipChange["change"] = ({ header }) => {
      // Deflated a thousandfold, which is possible, in each of the files.
      const bigger = Buffer.from(header);
      bigger.writeUInt16LE(8, 10);
      bigger.writeUInt32LE(4_200_000, 20);
      bigger.writeUInt32LE(4_294_000_000, 24);
      return { header: bigger };
    };
    const byteLength = await writeFarZip(file, await evolutionBundle(), { gap: mebibyte, change });
    await expect(previewOf(file, byteLength)).rejects.toThrow(
      /^This file cannot be imported: it unpacks to \d{11} bytes; the limit is 1073741824\.$/,
    );
  });

  it.each<[string, NonNullable<FarZipChange["change"]>, RegExp]>([
    ["files that overlap", ({ at }, index) => (index === 2 ? { at: at - 40 } : {}), /overlaps another file, or is cut off/],
    ["a file behind its end", ({ at }, index) => (index === 2 ? { at: at + 3 * gap } : {}), /overlaps another file, or is cut off/],
    [
      "a name that leads out of it",
      (_, index) => (index === 1 ? { name: Buffer.from("../../etc/passwd") } : {}),
      /is not a valid name of a file/,
    ],
    ["a name that occurs twice", ({ name }, index) => (index < 2 ? { name: Buffer.from("a") } : { name }), /"a" occurs twice/],
    [
      "a file that is said to shrink more than deflate can",
      ({ header }, index) => {
        const bigger = Buffer.from(header);
        if (index === 1) bigger.writeUInt32LE(4_000_000_000, 24);
        return { header: bigger };
      },
      /the sizes of .* contradict one another/,
    ],
    [
      "a table that unpacks to more than it declares",
      ({ header, name }) => {
        const smaller = Buffer.from(header);
        if (name.toString() === "tables/models.jsonl") smaller.writeUInt32LE(header.readUInt32LE(24) - 10, 24);
        return { header: smaller };
      },
      /tables\/models.jsonl does not have the size of the manifest/,
    ],
  ])("of 6 GB is refused with %s", async (_, change, message) => {
    await expect(verifyFar(change)).rejects.toThrow(message);
  });
});

it("the images of an export are compared in ranges of hashes, each image in one", async () => {
  const hashes = Array.from({ length: 10 }, (_, at) => String(at).repeat(64));
  const rows = async function* () {
    for (const sha256 of hashes) yield { sha256 };
  };
  const found: string[] = [];
  for await (const { from, to } of rangesOf({ rows } as unknown as BundleRows, 4))
    found.push(`${from.slice(0, 1)}-${to?.slice(0, 1) ?? ""}`);
  expect(found).toEqual(["-4", "4-8", "8-"]);
});

describe("the temporary folder of an import", () => {
  const bytes = Buffer.from("a file");
  const place = () => path.join(folder, "imports");
  const openFor = (sha256: string, largestImport = 1_000) =>
    openImportFolder(
      { sha256, byteLength: bytes.length },
      { cacheFolder: folder, largestImport, objectStore: { openReadStream: async () => Readable.from([bytes]) } },
    );

  it("has the uploaded file until it is removed", async () => {
    const opened = await openFor(sha256Of(bytes));
    expect((await stat(opened.path)).size).toBe(bytes.length);
    await opened.remove();
    expect(await readdir(place())).toEqual([]);
  });

  it("is not made for damaged bytes, nor for more than the operator allows", async () => {
    await expect(openFor("0".repeat(64))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
    await expect(openFor(sha256Of(bytes), 5)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringMatching(/has 6 B; this server imports at most 5 B\..*PAREIDOLIA_IMPORT_GB/),
    });
    expect(await readdir(place())).toEqual([]);
  });

  it("of a worker that died is removed after two days", async () => {
    const { folder: dead } = await openFor(sha256Of(bytes));
    await writeFile(path.join(dead, "rows"), "1");
    const { folder: working } = await openFor(sha256Of(bytes));
    await writeFile(path.join(working, "rows"), "1");
    const { folder: young } = await openFor(sha256Of(bytes));
    const old = new Date(Date.now() - 49 * 60 * 60 * 1_000);
    for (const each of ["rows", "file", ""]) await utimes(path.join(dead, each), old, old);
    // Its rows are written to for days.
    for (const each of ["file", ""]) await utimes(path.join(working, each), old, old);
    const { folder: last } = await openFor(sha256Of(bytes));
    expect((await readdir(place())).sort()).toEqual([working, young, last].map((each) => path.basename(each)).sort());
  });
});
