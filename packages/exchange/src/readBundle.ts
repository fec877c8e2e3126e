/**
 * Reads an untrusted bundle in bounded memory: a row or a file at a time. Names, counts, sizes and hashes must be those of the manifest, and
 * the manifest must be consistent with itself.
 */
import { createHash } from "node:crypto";
import { type ArchiveFile, type ArchiveLimits, readText, readWhole } from "@pareidolia/archive/archiveFiles";
import { AppError } from "@pareidolia/core/appError";
import {
  type BundleManifest,
  contentText,
  type FileEntry,
  type FolderName,
  folderNames,
  folders,
  manifestName,
  nameInFolder,
  nameOfTable,
  parseManifest,
} from "./bundleManifest.ts";
import { parseRow, type RowCounts } from "./bundleRow.ts";
import { type RowOf, type TableName, tableNames } from "./bundleTables.ts";

/** Pass these to `openArchive` or `readZip`. Enough for a million images with genomes. */
export const bundleLimits: ArchiveLimits = { files: 2_100_000, bytes: 256 * 2 ** 30 };

const maxManifestLength = 4 * 2 ** 20;
/** Characters of a line. The longest are trajectories with their curves, and networks with their labels. */
const maxLineLength = 16 * 2 ** 20;
const largest: Readonly<Record<FolderName, number>> = { images: 64 * 2 ** 20, genomes: 64 * 2 ** 20, files: 512 * 2 ** 20 };

export interface Bundle {
  readonly manifest: BundleManifest;
  /**
   * The rows of a table in order; none if the bundle lacks the table. Each row is checked when it is read, and the table's number of rows
   * and hash at its end.
   * @throws AppError CORRUPT_DATA; INVALID_INPUT for a bundle without JSON lines.
   */
  rows<Name extends TableName>(name: Name): AsyncGenerator<RowOf<Name>, void, undefined>;
  /** The hashes of a folder's files, in order. */
  hashes(folder: FolderName): Iterable<string>;
  has(folder: FolderName, sha256: string): boolean;
  /** @throws AppError NOT_FOUND for a file that the bundle lacks; CORRUPT_DATA for bytes with another hash. */
  readFile(folder: FolderName, sha256: string): Promise<Uint8Array>;
  /** Reads everything and checks it, in every format. Call it before anything is imported. @throws AppError CORRUPT_DATA. */
  verify(signal?: AbortSignal): Promise<void>;
}

/**
 * @param files of the archive, by name.
 * @throws AppError CORRUPT_DATA for an archive that is not a bundle, a missing or unknown file, and a manifest that contradicts itself.
 */
export async function readBundle(files: ReadonlyMap<string, ArchiveFile>): Promise<Bundle> {
  const stored = files.get(manifestName);
  if (stored === undefined) throw refused(`it has no ${manifestName}, so it is not an export of this product`);
  const manifest = parseManifest(await readText(stored, maxManifestLength));
  if (sha256Of(contentText(manifest)) !== manifest.content) throw refused("the hash of its content is not that of its tables and folders");
  const hashes = hashesByFolder(files);
  checkNames(files, manifest, hashes);
  const counts: RowCounts = (table) => manifest.tables[table]?.rows ?? 0;

  async function* rows<Name extends TableName>(name: Name): AsyncGenerator<RowOf<Name>, void, undefined> {
    const entry = manifest.tables[name];
    if (entry === undefined) return;
    const file = files.get(nameOfTable(name, "jsonl"));
    if (file === undefined) throw new AppError("INVALID_INPUT", "This bundle has no JSON lines. Export it again with that format.");
    let number = 0;
    for await (const line of linesOf(file, entry.files.jsonl)) {
      const place = `line ${number + 1} of ${file.name}`;
      if (number >= entry.rows) throw refused(`${file.name} has more than ${entry.rows} rows`);
      const row = parseRow(name, line, place, counts);
      checkNumber(name, row, number, place);
      number++;
      yield row;
    }
    if (number !== entry.rows) throw refused(`${file.name} has ${number} rows instead of ${entry.rows}`);
    if (entry.files.jsonl?.sha256 !== entry.sha256) throw refused(`the hashes of ${file.name} contradict one another`);
  }

  const readFile = async (folder: FolderName, sha256: string): Promise<Uint8Array> => {
    const file = files.get(nameInFolder(folder, sha256));
    if (file === undefined || !/^[0-9a-f]{64}$/.test(sha256))
      throw new AppError("NOT_FOUND", `The bundle has no file ${JSON.stringify(sha256.slice(0, 80))} in ${folder}.`);
    const content = await readWhole(file, largest[folder]);
    if (sha256Of(content) !== sha256) throw refused(`the bytes of ${file.name} have another SHA-256`);
    return content;
  };

  return {
    manifest,
    rows,
    hashes: (folder) => hashes[folder],
    has: (folder, sha256) => files.has(nameInFolder(folder, sha256)),
    readFile,
    async verify(signal) {
      for (const name of tableNames) {
        const entry = manifest.tables[name];
        if (entry === undefined) continue;
        for (const format of manifest.formats) {
          signal?.throwIfAborted();
          if (format === "jsonl") for await (const _ of rows(name)) signal?.throwIfAborted();
          else await checkFile(files.get(nameOfTable(name, format)) as ArchiveFile, entry.files[format] as FileEntry);
        }
      }
      for (const folder of folderNames)
        for (const sha256 of hashes[folder]) {
          signal?.throwIfAborted();
          await readFile(folder, sha256);
        }
    },
  };
}

function refused(what: string, cause?: unknown): AppError {
  return new AppError("CORRUPT_DATA", `This bundle cannot be read: ${what}.`, { cause });
}

function sha256Of(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

function hashesByFolder(files: ReadonlyMap<string, ArchiveFile>): Readonly<Record<FolderName, readonly string[]>> {
  const found: Record<FolderName, string[]> = { images: [], genomes: [], files: [] };
  for (const name of files.keys()) {
    const [, folder, sha256] = /^(images|genomes|files)\/([0-9a-f]{64})\.[a-z]+$/.exec(name) ?? [];
    if (folder === undefined || sha256 === undefined) continue;
    if (nameInFolder(folder as FolderName, sha256) === name) found[folder as FolderName].push(sha256);
  }
  for (const hashes of Object.values(found)) hashes.sort();
  return found;
}

/** Every file of the manifest exists with its size, and every file is in the manifest. */
function checkNames(
  files: ReadonlyMap<string, ArchiveFile>,
  manifest: BundleManifest,
  hashes: Readonly<Record<FolderName, readonly string[]>>,
): void {
  let known = 1;
  for (const [table, entry] of Object.entries(manifest.tables)) {
    const formats = Object.keys(entry.files).sort();
    if (formats.join() !== [...manifest.formats].join()) throw refused(`the table ${table} is not in the formats of the manifest`);
    for (const format of manifest.formats) {
      const name = nameOfTable(table as TableName, format);
      const file = files.get(name);
      if (file === undefined) throw refused(`it has no ${name}`);
      if (file.bytes !== entry.files[format]?.bytes) throw refused(`${name} does not have the size of the manifest`);
      known++;
    }
  }
  for (const folder of folderNames) {
    const entry = manifest.folders[folder];
    const list = hashes[folder];
    const hash = createHash("sha256");
    let bytes = 0;
    for (const sha256 of list) {
      const size = (files.get(nameInFolder(folder, sha256)) as ArchiveFile).bytes;
      if (size > largest[folder]) throw refused(`${nameInFolder(folder, sha256)} has ${size} bytes; the limit is ${largest[folder]}`);
      bytes += size;
      hash.update(`${sha256} ${size}\n`);
    }
    if (list.length > 0 && !manifest.parts.includes(folders[folder].part)) throw refused(`the manifest leaves out ${folder}, which it has`);
    if (entry.files !== list.length || entry.bytes !== bytes || entry.sha256 !== hash.digest("hex"))
      throw refused(`the files of ${folder} are not those of the manifest`);
    known += list.length;
  }
  if (known !== files.size) throw refused("it has files that are not in the manifest");
}

/** Rows of numbered tables have the numbers 0, 1, 2, ... */
function checkNumber(name: TableName, row: object, number: number, place: string): void {
  const own = ({ experiments: "experiment", sweeps: "sweep", models: "model", runs: "run", comments: "comment" } as const)[name as "runs"];
  if (own === undefined) return;
  if ((row as Readonly<Record<string, unknown>>)[own] !== number) throw refused(`${place} does not have the number ${number}`);
}

/** @throws AppError CORRUPT_DATA after the last line if the file does not have its hash. */
async function* linesOf(file: ArchiveFile, entry: FileEntry | undefined): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch (cause) {
      throw refused(`${file.name} is not UTF-8`, cause);
    }
  };
  const hash = createHash("sha256");
  let rest = "";
  for await (const piece of file.read()) {
    hash.update(piece);
    const lines = (rest + decode(piece)).split("\n");
    rest = lines.pop() as string;
    if (rest.length > maxLineLength) throw refused(`a line of ${file.name} is longer than ${maxLineLength} characters`);
    yield* lines;
  }
  if (rest + decode() !== "") throw refused(`the last line of ${file.name} has no end`);
  if (hash.digest("hex") !== entry?.sha256) throw refused(`${file.name} does not have the SHA-256 of the manifest`);
}

async function checkFile(file: ArchiveFile, entry: FileEntry): Promise<void> {
  const hash = createHash("sha256");
  for await (const piece of file.read()) hash.update(piece);
  if (hash.digest("hex") !== entry.sha256) throw refused(`${file.name} does not have the SHA-256 of the manifest`);
}
