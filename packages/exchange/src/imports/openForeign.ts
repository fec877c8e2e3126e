/** Detects the format of a file of another program by its content, and reads it. The file is hostile: call this in a process that can be killed. */

import { type ArchiveFile, readWhole } from "@pareidolia/archive/archiveFiles";
import { type ByteSource, readZip } from "@pareidolia/archive/zip/readZip";
import { AppError } from "@pareidolia/core/appError";
import { manifestName } from "../bundleManifest.ts";
import { bundleLimits } from "../readBundle.ts";
import type { ColumnChoice } from "./columnRoles.ts";
import { isCsv, readCsvTable } from "./csvTable.ts";
import { withFigureLimits } from "./figureLimits.ts";
import { type ForeignData, importLimits, quote, unreadable } from "./foreignData.ts";
import type { ForeignTable } from "./foreignTable.ts";
import { findHistoryTable, readHistoryTable } from "./historyTables.ts";
import { isNpy, type NumpyArray, readNpy } from "./npy.ts";
import { readNumpyImages } from "./numpyImages.ts";
import { isParquet, readParquetTable } from "./parquetTable.ts";
import { isPyribs, readPyribs } from "./pyribs.ts";
import { findRunTable, readRunTable } from "./runTables.ts";
import { type DecodeImage, isSferes, readSferes } from "./sferes.ts";

export interface ForeignFile {
  readonly bytes: Uint8Array;
  /** For titles only. */
  readonly fileName: string;
  /** Changes of the mapping of a table of runs. */
  readonly choices?: readonly ColumnChoice[];
}

type Named = Required<Omit<ForeignFile, "bytes">>;

export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** @throws AppError CORRUPT_DATA naming what is wrong with the file, and which formats can be imported. */
export async function openForeign({ bytes, fileName, choices = [] }: ForeignFile, decode: DecodeImage): Promise<ForeignData> {
  requireForeignSize(bytes.length);
  if (isZip(bytes)) return readForeignZip(await openForeignZip(sourceOfBytes(bytes)), { fileName, choices }, decode);
  return withFigureLimits(await readPlain(bytes, { fileName, choices }));
}

async function readPlain(bytes: Uint8Array, file: Named): Promise<ForeignData> {
  if (isNpy(bytes)) return readNumpyImages(new Map([[baseOf(file.fileName), readNpy(bytes, file.fileName)]]), file.fileName);
  if (isParquet(bytes)) return readTable(await readParquetTable(bytes), file);
  const other = otherFormat(bytes);
  if (other !== null) throw unreadable(other);
  if (isCsv(bytes)) return readTable(readCsvTable(bytes), file);
  throw unreadable(`it is not an archive, NumPy array, CSV or Parquet table. ${known}`);
}

const known =
  "Import an export of Pareidolia, result folders of the released code as a ZIP archive, a .npy or .npz file, an archive of pyribs, or a table of runs of Weights & Biases or MLflow";

/** Files that resemble those that can be imported. Null for others. */
function otherFormat(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5)
    return "it is a pickle, which is a program. Save the arrays with numpy.savez, or the table as CSV or Parquet";
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "it is compressed with gzip. Decompress it, or make a ZIP archive";
  if (Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "\x89HDF") return "it is an HDF5 file. Save its arrays with numpy.savez";
  return null;
}

function readTable(table: ForeignTable, { fileName, choices }: Named): ForeignData {
  const history = findHistoryTable(table);
  if (history !== null) return readHistoryTable(table, history, fileName);
  const runs = findRunTable(table);
  if (runs !== null) return readRunTable(table, runs, choices);
  if (isPyribs(table)) return readPyribs(table, fileName);
  const names = [...table.columns.keys()].slice(0, 6).map(quote).join(", ");
  throw unreadable(
    `the columns of the table (${names}) are neither those of a pyribs archive nor of a table of runs of Weights & Biases or MLflow`,
  );
}

/** Names of folders of any depth, without a way out of them. */
function checkForeignName(name: string): void {
  const isPlain =
    // oxlint-disable-next-line no-control-regex -- the name comes from outside
    name.length <= 500 && !/[\0-\x1f\\:]/.test(name) && name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  if (!isPlain) throw unreadable(`${quote(name)} is not a valid name of a file in an archive`);
}

/** Files of other programs are read into memory. @throws AppError CORRUPT_DATA. */
export function requireForeignSize(bytes: number): void {
  if (bytes > importLimits.fileBytes)
    throw unreadable(`it has ${bytes} bytes; the limit is ${importLimits.fileBytes}, except for exports of this product`);
}

function sourceOfBytes(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (at, length) => {
      if (at < 0 || length < 0 || at + length > bytes.length) throw unreadable("the archive is cut off");
      return bytes.subarray(at, at + length);
    },
  };
}

/** Bytes to which an export may unpack for each byte of its file. Tables shrink by less, images and genomes hardly. */
const highestRatio = 20;

/**
 * The files of an archive. Only exports of this product may be larger than memory.
 * @throws AppError CORRUPT_DATA for a damaged archive, too many files, too many bytes, and names that lead out of it.
 */
export async function openForeignZip(source: ByteSource): Promise<ReadonlyMap<string, ArchiveFile>> {
  const unpackedBytes = Math.min(bundleLimits.bytes, Math.max(importLimits.unpackedBytes, highestRatio * source.size));
  const limits = { files: bundleLimits.files, bytes: unpackedBytes, checkName: checkForeignName };
  const read = await restated(() => readZip(source, limits));
  if (!read.has(manifestName)) requireForeignLimits(source, read);
  const files = [...read.values()];
  return new Map(files.map((file) => [toUtf8(file.name), { ...file, name: toUtf8(file.name) }]));
}

function requireForeignLimits({ size }: ByteSource, files: ReadonlyMap<string, ArchiveFile>): void {
  requireForeignSize(size);
  if (files.size > importLimits.files) throw unreadable(`it contains ${files.size} files; the limit is ${importLimits.files}`);
  let unpacked = 0;
  for (const { bytes } of files.values()) unpacked += bytes;
  if (unpacked > importLimits.unpackedBytes)
    throw unreadable(`it unpacks to ${unpacked} bytes; the limit is ${importLimits.unpackedBytes}`);
}

/** Decodes a name as UTF-8: the archive reader decodes names as Latin-1. Other names stay as they are. */
function toUtf8(name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(name, "latin1"));
  } catch {
    return name;
  }
}

/** Errors of an archive in the words of an import. */
async function restated<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message.replace(/^This archive cannot be read/, "This file cannot be imported"), { cause: error });
  }
}

/** @param files of the archive, by name. */
export async function readForeignZip(
  files: ReadonlyMap<string, ArchiveFile>,
  { fileName, choices = [] }: Omit<ForeignFile, "bytes">,
  decode: DecodeImage,
): Promise<ForeignData> {
  return withFigureLimits(await readFiles(files, { fileName, choices }, decode));
}

async function readFiles(files: ReadonlyMap<string, ArchiveFile>, file: Named, decode: DecodeImage): Promise<ForeignData> {
  // Files that operating systems add.
  const own = [...files.values()].filter(({ name }) => !/(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\._)/.test(name));
  const read = (file: ArchiveFile): Promise<Uint8Array> => restated(() => readWhole(file, importLimits.tableBytes));
  if (isSferes(own.map(({ name }) => name)))
    return readSferes(
      own.map((file) => ({ name: file.name, bytes: file.bytes, read: () => read(file) })),
      decode,
    );
  const [first] = own;
  if (first === undefined) throw unreadable("the archive is empty");
  const arrays = new Map<string, NumpyArray>();
  for (const each of own) {
    const content = own.length === 1 || each.name.endsWith(".npy") ? await read(each) : null;
    if (content !== null && isNpy(content)) arrays.set(baseOf(each.name), readNpy(content, each.name));
    else if (content !== null && own.length === 1) return readPlain(content, { ...file, fileName: baseOf(first.name) });
  }
  if (arrays.size > 0) return readNumpyImages(arrays, file.fileName);
  throw unreadable(`the archive has no files that can be imported, such as ${quote(first.name)}. ${known}`);
}

function baseOf(name: string): string {
  return (name.split("/").at(-1) ?? name).replace(/\.npy$/, "");
}
