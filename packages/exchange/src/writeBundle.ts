/**
 * Writes a bundle as one ZIP archive. It is a pure function of its input, so equal states give equal bytes. A table is read once for each
 * format, and one file at a time is in memory.
 */
import { createHash } from "node:crypto";
import type { Cells } from "@pareidolia/archive/tables/columns";
import { inPieces, type TableFormatId, tableFormats } from "@pareidolia/archive/tables/writeTable";
import { type FileToPack, writeZip } from "@pareidolia/archive/zip/writeZip";
import { AppError } from "@pareidolia/core/appError";
import {
  type BundleContent,
  type BundleManifest,
  type BundleOrigin,
  type BundlePart,
  type BundleSubject,
  contentText,
  type FileEntry,
  type FolderEntry,
  type FolderName,
  folderNames,
  folders,
  formatName,
  manifestName,
  nameInFolder,
  nameOfTable,
  type TableEntry,
  versionOfTables,
} from "./bundleManifest.ts";
import { cellsOf, columnsOf } from "./bundleRow.ts";
import { type RowOf, type TableName, tableNames } from "./bundleTables.ts";

/** A table that can be read several times, each time with the same lines. */
export interface LinesOfTable {
  readonly rows: number;
  /** Of all lines. */
  readonly sha256: string;
  /** As `lineOf` writes them, each with its line break. */
  lines(): AsyncIterable<string>;
}

/** Files that are named by their SHA-256. */
export interface FilesOfFolder {
  /** In order, each once. */
  readonly hashes: Iterable<string> | AsyncIterable<string>;
  read(sha256: string): Promise<Uint8Array>;
}

export interface BundleInput {
  readonly subject: BundleSubject;
  readonly parts: readonly BundlePart[];
  readonly formats: readonly TableFormatId[];
  readonly origin: BundleOrigin;
  readonly leftOut: readonly string[];
  readonly tables: ReadonlyMap<TableName, LinesOfTable>;
  /** Only those of the chosen parts are read. */
  readonly folders: Readonly<Record<FolderName, FilesOfFolder>>;
}

/** The archive, and what it contains once it is written to its end. */
export interface WrittenBundle {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Null before the last piece. */
  manifest(): BundleManifest | null;
}

/** Reading the pieces throws AppError INVALID_INPUT without a format, and CORRUPT_DATA for stored bytes that do not have their hash. */
export function writeBundle(input: BundleInput): WrittenBundle {
  let manifest: BundleManifest | null = null;
  async function* files(): AsyncGenerator<FileToPack, void, undefined> {
    if (input.formats.length === 0) throw new AppError("INVALID_INPUT", "Choose at least one format.", { field: "formats" });
    const tables: Partial<Record<TableName, TableEntry>> = {};
    for (const name of tableNames) {
      const table = input.tables.get(name);
      if (table === undefined || table.rows === 0) continue;
      const written: Partial<Record<TableFormatId, FileEntry>> = {};
      for (const format of [...input.formats].sort())
        yield recorded(nameOfTable(name, format), bytesOfTable(name, format, table), (entry) => {
          written[format] = entry;
        });
      tables[name] = { rows: table.rows, sha256: table.sha256, files: written };
    }
    const entries = {} as Record<FolderName, FolderEntry>;
    for (const folder of folderNames) {
      const written = new FolderCount();
      if (input.parts.includes(folders[folder].part)) yield* filesOf(folder, input.folders[folder], written);
      entries[folder] = written.entry();
    }
    const content: BundleContent = { subject: input.subject, parts: [...input.parts].sort(), tables, folders: entries };
    manifest = {
      format: formatName,
      version: versionOfTables(tables),
      ...content,
      formats: [...input.formats].sort(),
      content: sha256Of(contentText(content)),
      leftOut: input.leftOut,
      origin: input.origin,
    };
    yield { name: manifestName, content: new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`), deflate: true };
  }
  return { pieces: writeZip(files()), manifest: () => manifest };
}

function bytesOfTable(name: TableName, format: TableFormatId, table: LinesOfTable): AsyncIterable<Uint8Array> {
  if (format === "jsonl") return inPieces(table.lines());
  return tableFormats[format].write(columnsOf(name), cellsOfLines(name, table));
}

async function* cellsOfLines(name: TableName, table: LinesOfTable): AsyncGenerator<Cells, void, undefined> {
  for await (const line of table.lines()) yield cellsOf(name, JSON.parse(line) as RowOf<TableName>);
}

class FolderCount {
  #files = 0;
  #bytes = 0;
  readonly #hash = createHash("sha256");

  add(sha256: string, bytes: number): void {
    this.#files++;
    this.#bytes += bytes;
    this.#hash.update(`${sha256} ${bytes}\n`);
  }

  entry(): FolderEntry {
    return { files: this.#files, bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}

async function* filesOf(folder: FolderName, { hashes, read }: FilesOfFolder, written: FolderCount): AsyncGenerator<FileToPack> {
  for await (const sha256 of hashes) {
    const content = await read(sha256);
    if (sha256Of(content) !== sha256)
      throw new AppError("CORRUPT_DATA", `The stored file ${sha256} is damaged: its bytes have another SHA-256.`);
    written.add(sha256, content.length);
    // PNG is compressed already.
    yield { name: nameInFolder(folder, sha256), content, deflate: folder !== "images" };
  }
}

function sha256Of(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Notes size and hash once the file has been read. */
function recorded(name: string, pieces: AsyncIterable<Uint8Array>, note: (entry: FileEntry) => void): FileToPack {
  async function* content(): AsyncGenerator<Uint8Array, void, undefined> {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
    note({ bytes, sha256: hash.digest("hex") });
  }
  return { name, content: content(), deflate: true };
}
