/**
 * Releases as the programs that define their formats read them: mlcroissant, roc-validator, pyarrow, and DataCite's JSON schema. Needs a
 * Python with requirements.txt, which PAREIDOLIA_RELEASE_PYTHON names; skipped without it.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fileNames } from "@pareidolia/release/layout";
import { typedTrialColumns } from "@pareidolia/release/tables/trialTypes";
import { writeRelease } from "@pareidolia/release/writeRelease";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unzipped } from "../../support/releaseBytes.ts";
import { bytesOf, releaseDescription, sampleRelease } from "../../support/sampleRelease.ts";
import { skippedFor } from "../../support/skippedFor.ts";

const python = process.env["PAREIDOLIA_RELEASE_PYTHON"] || "python3";
const script = fileURLToPath(new URL("validate.py", import.meta.url));
const has = (module: string): boolean => spawnSync(python, ["-c", `import ${module}`]).status === 0;

interface Report {
  readonly croissant: {
    readonly conformsTo: string;
    readonly errors: readonly string[];
    readonly warnings: readonly string[];
    readonly records: Readonly<Record<string, { readonly rows: number; readonly first: Readonly<Record<string, unknown>> }>>;
  };
  readonly crate: { readonly required: readonly string[]; readonly recommended: readonly string[]; readonly failed?: string };
  readonly parquet: { readonly types: Readonly<Record<string, string>>; readonly rows: readonly Readonly<Record<string, unknown>>[] };
  /** Null without a copy of the schema. */
  readonly dataCite: { readonly errors: readonly string[] } | null;
}

const validators = "mlcroissant, rocrate_validator, pyarrow.parquet, PIL, jsonschema";

describe("the programs that define the formats", skippedFor(has(validators) ? null : `no ${validators} in Python`), () => {
  let folder: string;
  let report: Report;
  let files: ReadonlyMap<string, Uint8Array>;
  const input = { ...sampleRelease(), description: { ...releaseDescription, doi: "10.5072/abc-1", url: "https://lab.example/releases/1" } };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "release-"));
    files = await unzipped(await bytesOf(writeRelease(input)));
    for (const [name, bytes] of files) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), bytes);
    }
    const { stdout, stderr } = spawnSync(python, [script, folder], { encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
    if (stdout === "") throw new Error(stderr);
    report = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Report;
  });
  afterAll(() => rm(folder, { recursive: true }));

  const rows = (): Record<string, unknown>[] =>
    new TextDecoder()
      .decode(files.get(fileNames.trialsJsonLines))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it("mlcroissant loads the metadata without errors or warnings, and reads all records and images", () => {
    const { conformsTo, errors, warnings, records } = report.croissant;
    expect({ conformsTo, errors, warnings }).toEqual({ conformsTo: "CroissantVersion.V_1_1", errors: [], warnings: [] });
    const images = [...files.keys()].filter((name) => name.startsWith("images/")).length;
    expect(Object.fromEntries(Object.entries(records).map(([name, set]) => [name, set.rows]))).toEqual({
      trials: rows().length,
      voters: input.voters.length,
      images: input.images.length,
      "image-contents": images,
    });
    expect(records["trials"]?.first).toMatchObject({ "trials/voter": "V-01", "trials/response_ms": rows()[0]?.["response_ms"] });
    expect(records["image-contents"]?.first["image-contents/content"]).toBe("Image");
  });

  // The recommendations left would need invented contacts, a list of all images, and a DOI that exists.
  it("roc-validator finds no violation of RO-Crate 1.2", () => {
    expect(report.crate.failed).toBeUndefined();
    expect(report.crate.required).toEqual([]);
    const sentences = report.crate.recommended.map((issue) => issue.slice(issue.indexOf(": ") + 2));
    for (const sentence of sentences)
      expect(sentence).toMatch(/contactPoint|ROR identifier|organization SHOULD have a URL|via `hasPart`|10\.5072\/abc-1' SHOULD resolve/);
  });

  it("pyarrow reads the same trials from Parquet", () => {
    const types = { integer: "int32", number: "double", boolean: "bool", text: "string", list: "string", json: "string" };
    expect(report.parquet.types).toEqual(Object.fromEntries(typedTrialColumns.map(({ name, type }) => [name, types[type]])));
    const asText = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value);
    expect(report.parquet.rows).toEqual(
      rows().map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asText(value)]))),
    );
  });

  it("DataCite's schema 4.6 accepts the metadata", ({ skip }) => {
    skip(report.dataCite === null, "There is no copy of DataCite's schema.");
    expect(report.dataCite?.errors).toEqual([]);
  });
});

/** By DataCite Metadata Schema 4.6, tables 2 and 3; the DOI is added by the repository. */
describe("DataCite's metadata", () => {
  it("have every required property except the DOI", async () => {
    const files = await unzipped(await bytesOf(writeRelease({ ...sampleRelease({ images: 4, voters: 2 }), results: {} })));
    const dataCite: unknown = JSON.parse(new TextDecoder().decode(files.get(fileNames.dataCite)));
    expect(dataCite).toMatchObject({
      creators: [
        { name: "Example, Ada", nameType: "Personal", nameIdentifiers: [{ nameIdentifier: "https://orcid.org/0000-0002-1825-0097" }] },
        { name: "Example Lab", nameType: "Organizational" },
      ],
      titles: [{ title: releaseDescription.title }],
      publisher: { name: "Example Lab" },
      publicationYear: "2026",
      types: { resourceTypeGeneral: "Dataset" },
      schemaVersion: "http://datacite.org/schema/kernel-4",
    });
    expect(dataCite).not.toHaveProperty("doi");
  });
});
