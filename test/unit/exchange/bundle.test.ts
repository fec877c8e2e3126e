import type { ArchiveFile } from "@pareidolia/archive/archiveFiles";
import { readCsv } from "@pareidolia/archive/tables/readCsv";
import { writeZip } from "@pareidolia/archive/zip/writeZip";
import { textOfCell } from "@pareidolia/core/csv";
import { type BundleManifest, contentText, manifestName } from "@pareidolia/exchange/bundleManifest";
import { parseRow } from "@pareidolia/exchange/bundleRow";
import { readBundle } from "@pareidolia/exchange/readBundle";
import { writeBundle } from "@pareidolia/exchange/writeBundle";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import {
  bundleOfBytes,
  bytesOfPieces,
  filesOfBytes,
  sampleBundle,
  sampleImages,
  sampleNames,
  sha256Of,
} from "../../support/sampleBundle.ts";

const write = (input = sampleBundle()) => bytesOfPieces(writeBundle(input).pieces);

async function listOf<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** The files of a bundle as bytes, changed, and packed again. */
async function changed(change: (files: Map<string, Uint8Array>) => void): Promise<Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (const [name, file] of await filesOfBytes(await write())) contents.set(name, await bytesOfPieces(file.read()));
  change(contents);
  return bytesOfPieces(writeZip([...contents].map(([name, content]) => ({ name, content, deflate: true }))));
}

function changeManifest(
  files: Map<string, Uint8Array>,
  change: (manifest: { -readonly [K in keyof BundleManifest]: BundleManifest[K] }) => void,
) {
  const manifest = JSON.parse(new TextDecoder().decode(files.get(manifestName))) as BundleManifest;
  change(manifest);
  files.set(manifestName, new TextEncoder().encode(JSON.stringify({ ...manifest, content: sha256Of(contentText(manifest)) })));
}

describe("a bundle", () => {
  it("has the same bytes whenever it is written of the same state", async () => {
    expect(sha256Of(await write())).toBe(sha256Of(await write()));
  });

  it("is read back row by row, file by file", async () => {
    const bundle = await bundleOfBytes(await write());
    await bundle.verify();
    expect((await listOf(bundle.rows("experiments"))).map(({ name }) => name)).toEqual(sampleNames);
    expect(await listOf(bundle.rows("comments"))).toMatchObject([{ experiment: 1, run: null, body: "@SUM(A1)" }]);
    expect(await listOf(bundle.rows("runs"))).toEqual([]);
    expect([...bundle.hashes("images")]).toEqual(sampleImages.map(sha256Of).sort());
    for (const image of sampleImages) expect(await bundle.readFile("images", sha256Of(image))).toEqual(image);
    expect(bundle.has("genomes", sha256Of("none"))).toBe(false);
    await expect(bundle.readFile("genomes", sha256Of("none"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("has a hash of its content that depends neither on formats nor on origin", async () => {
    const { manifest } = await bundleOfBytes(await write());
    const other = sampleBundle({ formats: ["csv"], origin: { software: "9", workspace: "Other", key: null } });
    const again = await bundleOfBytes(await write(other));
    expect(again.manifest.content).toBe(manifest.content);
    const without = sampleBundle({ parts: ["genomes"] });
    expect((await bundleOfBytes(await write(without))).manifest.content).not.toBe(manifest.content);
  });

  it("has no formula in CSV, and its texts are restored by removing one apostrophe", async () => {
    const files = await filesOfBytes(await write());
    const csv = files.get("tables/experiments.csv") as ArchiveFile;
    const [header, ...rows] = await listOf(readCsv(csv.read(), csv.name));
    const name = (header as readonly string[]).indexOf("name");
    expect(rows.map((row) => row[name])).toEqual([
      `'=HYPERLINK("http://lab.example")`,
      "'+1 more",
      "''quoted",
      "line\r\nbreak",
      "naïve 🦉",
      "-5",
    ]);
    expect(rows.map((row) => textOfCell(row[name] as string))).toEqual(sampleNames);
  });

  it("has the same rows in Parquet", async () => {
    const files = await filesOfBytes(await write());
    const { buffer, byteOffset, byteLength } = await bytesOfPieces((files.get("tables/experiments.parquet") as ArchiveFile).read());
    const rows = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer });
    expect(rows.map((row) => row["name"])).toEqual(sampleNames);
    expect(rows[0]).toMatchObject({ experiment: 0, tags: '["a","=b"]' });
  });

  it("is refused by rows without JSON lines, but can be verified", async () => {
    const bundle = await bundleOfBytes(await write(sampleBundle({ formats: ["csv"] })));
    await bundle.verify();
    await expect(listOf(bundle.rows("experiments"))).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("is not written with bytes that have another hash", async () => {
    const { folders } = sampleBundle();
    const damaged = { ...folders, images: { ...folders.images, read: () => Promise.resolve(new Uint8Array(3)) } };
    await expect(write(sampleBundle({ folders: damaged }))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });
});

describe("a hostile bundle", () => {
  const table = "tables/experiments.jsonl";
  const lines = (files: Map<string, Uint8Array>) => new TextDecoder().decode(files.get(table)).trimEnd().split("\n");
  /** Replaces the table with consistent sizes and hashes. */
  const setLines = (files: Map<string, Uint8Array>, changedLines: readonly string[], rows = changedLines.length) => {
    const bytes = new TextEncoder().encode(changedLines.map((line) => `${line}\n`).join(""));
    files.set(table, bytes);
    const sha256 = sha256Of(bytes);
    changeManifest(files, (manifest) => {
      const entry = manifest.tables.experiments as NonNullable<BundleManifest["tables"]["experiments"]>;
      const written = { ...entry.files, jsonl: { bytes: bytes.length, sha256 } };
      manifest.tables = { ...manifest.tables, experiments: { rows, sha256, files: written } };
    });
  };

  it.each([
    ["no manifest", (files: Map<string, Uint8Array>) => files.delete(manifestName), /no manifest\.json/],
    ["a manifest that is no JSON", (files: Map<string, Uint8Array>) => files.set(manifestName, new Uint8Array([123])), /not JSON/],
    [
      "another version",
      (files: Map<string, Uint8Array>) => {
        const text = new TextDecoder().decode(files.get(manifestName));
        files.set(manifestName, new TextEncoder().encode(text.replace('"version": 1', '"version": 2')));
      },
      /has version 2 of the format, but contains tables of version 1/,
    ],
    [
      "a version of the future",
      (files: Map<string, Uint8Array>) => {
        const text = new TextDecoder().decode(files.get(manifestName));
        files.set(manifestName, new TextEncoder().encode(text.replace('"version": 1', '"version": 4')));
      },
      /has version 4 of the format; this program reads versions 1 to 3/,
    ],
    [
      "a table with the columns of an earlier version",
      (files: Map<string, Uint8Array>) =>
        changeManifest(files, (manifest) => {
          manifest.tables = { ...manifest.tables, generations: manifest.tables.images as NonNullable<BundleManifest["tables"]["images"]> };
        }),
      /has version 1 of the format, and its table generations has had other columns since version 3\. Export it again/,
    ],
    [
      "another hash of its content",
      (files: Map<string, Uint8Array>) => {
        const text = new TextDecoder().decode(files.get(manifestName));
        files.set(manifestName, new TextEncoder().encode(text.replace(/"content": "./, '"content": "x')));
      },
      /content/,
    ],
    ["a table that is missing", (files: Map<string, Uint8Array>) => files.delete(table), /has no tables\/experiments\.jsonl/],
    [
      "an image that is missing",
      (files: Map<string, Uint8Array>) => files.delete(`images/${sha256Of(sampleImages[0] as Uint8Array)}.png`),
      /files of images/,
    ],
    ["a file too many", (files: Map<string, Uint8Array>) => files.set("tables/other.jsonl", new Uint8Array(1)), /not in the manifest/],
    [
      "an unknown table",
      (files: Map<string, Uint8Array>) =>
        changeManifest(files, (manifest) => Object.assign(manifest.tables, { other: manifest.tables.images })),
      /table "other"/,
    ],
    ["a changed byte of a table", (files: Map<string, Uint8Array>) => (files.get(table) as Uint8Array).set([32], 1), /JSON|SHA-256/],
    [
      "an image with other bytes",
      (files: Map<string, Uint8Array>) => files.get(`images/${sha256Of(sampleImages[0] as Uint8Array)}.png`)?.set([0], 0),
      /another SHA-256/,
    ],
    [
      "an unknown column",
      (files: Map<string, Uint8Array>) =>
        setLines(
          files,
          lines(files).map((line) => line.replace("{", '{"other":1,')),
        ),
      /unknown column "other"/,
    ],
    [
      "a missing column",
      (files: Map<string, Uint8Array>) =>
        setLines(
          files,
          lines(files).map((line) => line.replace('"notes":"",', "")),
        ),
      /lacks the column notes/,
    ],
    [
      "a value of another type",
      (files: Map<string, Uint8Array>) =>
        setLines(
          files,
          lines(files).map((line) => line.replace('"notes":""', '"notes":{}')),
        ),
      /notes in line 1/,
    ],
    ["rows in another order", (files: Map<string, Uint8Array>) => setLines(files, lines(files).reverse()), /line 1 of .* number 0/],
    ["more rows than the manifest says", (files: Map<string, Uint8Array>) => setLines(files, lines(files), 3), /more than 3 rows/],
    ["fewer rows", (files: Map<string, Uint8Array>) => setLines(files, lines(files), 30), /6 rows instead of 30/],
    [
      "a reference to no row",
      (files: Map<string, Uint8Array>) => setLines(files, lines(files).slice(0, 1)),
      /refers to row 1 of experiments/,
    ],
  ])("with %s is refused", async (_what, change, message) => {
    const bytes = await changed(change as (files: Map<string, Uint8Array>) => void);
    const read = async () => (await bundleOfBytes(bytes)).verify();
    await expect(read()).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringMatching(message) as string });
  });

  it("with bytes that are not UTF-8 is refused", async () => {
    const bytes = await changed((files) => {
      (files.get(table) as Uint8Array).set([0xff], 20);
    });
    await expect((await bundleOfBytes(bytes)).verify()).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });

  it("with a document that nests too deeply is refused before it is walked", () => {
    const deep = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;
    expect(() => parseRow("sweeps", `{"sweep":0,"experiment":0,"name":"","plan":${deep}}`, "line 1", () => 1)).toThrow(
      /more than 64 levels/,
    );
  });

  it("that is an empty archive is refused", async () => {
    await expect(readBundle(new Map())).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });
});
