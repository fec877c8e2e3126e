/**
 * Receives the rows and files of a bundle from the process that reads it, and checks them again, since the file may have taken it over. Rows
 * go to temporary files, so memory does not depend on their number.
 */
import { createHash } from "node:crypto";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import { integer, oneOf, record, text } from "@pareidolia/core/documentShape";
import { type BundleManifest, type FolderName, folderNames, parseManifest } from "@pareidolia/exchange/bundleManifest";
import { parseRow, type RowCounts } from "@pareidolia/exchange/bundleRow";
import { type RowOf, type TableName, tableNames } from "@pareidolia/exchange/bundleTables";
import { notRestorable } from "@pareidolia/exchange/restoring/notRestorable";
import { type BundleRows, checkRestorable } from "@pareidolia/exchange/restoring/restorable";
import { readLines } from "../../exports/spool.ts";
import { checked, type ImportFile, misbehaved, runImportProcess } from "../runImportProcess.ts";

const rowsShape = record({ table: oneOf(tableNames), rows: integer });
const fileShape = record({ folder: oneOf(folderNames), sha256: text });
const drawnShape = record({ drawn: integer, total: integer });

export interface SpooledBundle extends BundleRows {
  readonly manifest: BundleManifest;
  /** Different genomes, and those of them that were drawn and gave their images. */
  readonly genomes: { readonly drawn: number; readonly total: number };
}

export interface SpoolOptions {
  /** An empty folder for temporary files. */
  readonly folder: string;
  /** Bytes of the files with rows. */
  readonly mostRowBytes: number;
  readonly signal: AbortSignal;
  /** Called with each file that a row names, once all rows are checked. */
  readonly onFile: (folder: FolderName, sha256: string, bytes: Uint8Array) => Promise<void>;
}

class Spooling implements SpooledBundle {
  readonly manifest: BundleManifest;
  genomes = { drawn: 0, total: 0 };
  readonly #folder: string;
  readonly #mostRowBytes: number;
  #rowBytes = 0;
  readonly #counts = new Map<TableName, number>();
  /** Files that rows name and that have not arrived; null until all rows are checked. */
  #missing: Readonly<Record<FolderName, Set<string>>> | null = null;

  constructor(manifest: BundleManifest, { folder, mostRowBytes }: Pick<SpoolOptions, "folder" | "mostRowBytes">) {
    this.manifest = manifest;
    this.#folder = folder;
    this.#mostRowBytes = mostRowBytes;
  }

  async *rows<Name extends TableName>(name: Name): AsyncGenerator<RowOf<Name>, void, undefined> {
    if (!this.#counts.has(name)) return;
    const counts: RowCounts = (table) => this.#counts.get(table) ?? 0;
    let number = 0;
    for await (const line of readLines(this.#pathOf(name))) yield parseRow(name, line, `line ${++number} of ${name}`, counts);
  }

  #pathOf(name: TableName): string {
    return path.join(this.#folder, `${name}.jsonl`);
  }

  async addRows(table: TableName, rows: number, lines: Uint8Array): Promise<void> {
    if (this.#missing !== null) throw misbehaved();
    this.#rowBytes += lines.length;
    if (this.#rowBytes > this.#mostRowBytes)
      throw notRestorable(
        `its rows have more than ${formatByteSize(this.#mostRowBytes)}. Import experiments one by one, or ask the operator for more (PAREIDOLIA_IMPORT_GB)`,
      );
    await appendFile(this.#pathOf(table), lines, { mode: 0o600 });
    this.#counts.set(table, (this.#counts.get(table) ?? 0) + rows);
  }

  /** Checks all rows once, before the first file. */
  async finishRows(): Promise<void> {
    if (this.#missing !== null) return;
    for (const [table, { rows }] of Object.entries(this.manifest.tables))
      if (this.#counts.get(table as TableName) !== rows) throw misbehaved();
    await checkRestorable(this, this.manifest);
    const [images, genomes, files] = [new Set<string>(), new Set<string>(), new Set<string>()];
    for await (const { sha256 } of this.rows("images")) images.add(sha256);
    for await (const { sha256, bytes, byte_length: length } of this.rows("genomes")) {
      if (bytes === null) genomes.add(sha256);
      else if (sha256Of(Buffer.from(bytes, "base64")) !== sha256 || Buffer.byteLength(bytes, "base64") !== length)
        throw notRestorable(`the bytes of the genome ${sha256.slice(0, 12)} have another SHA-256`);
    }
    for await (const { origin, sha256 } of this.rows("models")) if (origin === "upload" || origin === "chain") files.add(sha256);
    for await (const { metrics } of this.rows("links")) {
      const { images: packed } = metrics as { readonly images?: unknown };
      if (typeof packed === "string") files.add(packed);
    }
    this.#missing = { images, genomes, files };
  }

  async addFile(folder: FolderName, sha256: string, bytes: Uint8Array): Promise<void> {
    if (!this.#missing?.[folder].delete(sha256)) throw notRestorable(`no row names the file ${sha256.slice(0, 12)} in ${folder}`);
    if (sha256Of(bytes) !== sha256) throw misbehaved();
  }

  /** @throws AppError CORRUPT_DATA naming the first missing file. */
  async finish(): Promise<void> {
    await this.finishRows();
    for (const folder of folderNames)
      for (const sha256 of this.#missing?.[folder] ?? [])
        throw notRestorable(
          folder === "files"
            ? `it lacks the file ${sha256.slice(0, 12)} of a network. Export it again with images, genomes and networks`
            : `it lacks the file ${sha256.slice(0, 12)} in ${folder}`,
        );
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** @throws AppError INVALID_INPUT or CORRUPT_DATA with the reason for a bundle that cannot be restored. */
export async function spoolBundle(file: ImportFile, { folder, mostRowBytes, signal, onFile }: SpoolOptions): Promise<SpooledBundle> {
  let spooling: Spooling | null = null;
  for await (const { kind, header, bytes } of runImportProcess(file, { task: "bundle", signal })) {
    if (kind === "bundle" && spooling === null) {
      const { manifest } = header as { readonly manifest?: unknown };
      spooling = new Spooling(
        checked(() => parseManifest(JSON.stringify(manifest))),
        { folder, mostRowBytes },
      );
      continue;
    }
    if (spooling === null) throw misbehaved();
    if (kind === "rows") {
      const { table, rows } = checked(() => rowsShape(header, "rows"));
      await spooling.addRows(table, rows, bytes);
    } else if (kind === "file") {
      await spooling.finishRows();
      const { folder: place, sha256 } = checked(() => fileShape(header, "file"));
      await spooling.addFile(place, sha256, bytes);
      await onFile(place, sha256, bytes);
    } else if (kind === "drawn") spooling.genomes = checked(() => drawnShape(header, "drawn"));
    else throw misbehaved();
  }
  if (spooling === null) throw new AppError("CORRUPT_DATA", "This file cannot be imported: it is not an export of this product.");
  await spooling.finish();
  return spooling;
}
