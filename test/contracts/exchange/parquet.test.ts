/** Parquet tables of bundles as pyarrow reads them. Needs a Python with pyarrow, which PAREIDOLIA_RELEASE_PYTHON names; skipped without it. */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeParquet } from "@pareidolia/archive/tables/writeParquet";
import { columnsOf } from "@pareidolia/exchange/bundleRow";
import { writeBundle } from "@pareidolia/exchange/writeBundle";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bytesOfPieces, filesOfBytes, sampleBundle, sampleNames } from "../../support/sampleBundle.ts";
import { skippedFor } from "../../support/skippedFor.ts";

const python = process.env["PAREIDOLIA_RELEASE_PYTHON"] || "python3";
const script = fileURLToPath(new URL("readParquet.py", import.meta.url));
const hasPyarrow = spawnSync(python, ["-c", "import pyarrow.parquet"]).status === 0;

interface ReadTable {
  readonly groups: number;
  readonly types: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

describe("pyarrow", skippedFor(hasPyarrow ? null : "no pyarrow"), () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "bundle-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  function read(...files: readonly string[]): Readonly<Record<string, ReadTable>> {
    const { stdout, stderr } = spawnSync(python, [script, ...files], { encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as Record<string, ReadTable>;
  }

  it("reads the tables of a bundle with their texts, times and nulls", async () => {
    const files = await filesOfBytes(await bytesOfPieces(writeBundle(sampleBundle()).pieces));
    const file = path.join(folder, "experiments.parquet");
    await writeFile(
      file,
      await bytesOfPieces((files.get("tables/experiments.parquet") as NonNullable<ReturnType<typeof files.get>>).read()),
    );
    const { experiments } = read(file);
    expect(experiments?.rows.map(({ name }) => name)).toEqual(sampleNames);
    expect(experiments?.rows[0]).toMatchObject({ experiment: 0, archived_at: null, tags: '["a","=b"]' });
    expect(Object.keys(experiments?.types ?? {})).toEqual(columnsOf("experiments").map(({ name }) => name));
  });

  it("reads a table of several row groups", async () => {
    const columns = [
      { name: "number", description: "", type: "integer", nullable: false },
      { name: "text", description: "", type: "text", nullable: true },
    ] as const;
    const rows = Array.from({ length: 45_000 }, (_, index) => [index, index % 3 === 0 ? null : `row ${index}`] as const);
    const file = path.join(folder, "long.parquet");
    await writeFile(file, await bytesOfPieces(writeParquet(columns, rows)));
    const { long } = read(file);
    expect([long?.groups, long?.rows.length, long?.types]).toEqual([3, 45_000, { number: "int32", text: "string" }]);
    expect(long?.rows[44_998]).toEqual({ number: 44_998, text: "row 44998" });
  });
});
