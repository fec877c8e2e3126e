/**
 * Reads a Parquet table of another program. Sizes that the file declares are checked against its own size before anything is unpacked,
 * and a page unpacks to at most `maxPageSize`.
 */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { AppError } from "@pareidolia/core/appError";
import { type Compressors, type FileMetaData, parquetMetadata, parquetReadObjects, snappyUncompress } from "hyparquet";
import { importLimits, quote, unreadable } from "./foreignData.ts";
import { checkHeader, type ForeignCell, type ForeignTable } from "./foreignTable.ts";

const mark = 0x31524150;
const maxPageSize = 64 * 2 ** 20;
/** Deflate's best; tables of repeated values come near it. */
const highestRatio = 1_100;

export function isParquet(bytes: Uint8Array): boolean {
  if (bytes.length < 12) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(0, true) === mark && view.getUint32(bytes.length - 4, true) === mark;
}

const within = (bytes: number): number => {
  if (!(bytes >= 0 && bytes <= maxPageSize)) throw unreadable(`a page of the table unpacks to more than ${maxPageSize} bytes`);
  return bytes;
};

const compressors: Compressors = {
  SNAPPY: (input, length) => {
    const output = new Uint8Array(within(length));
    snappyUncompress(input, output);
    return output;
  },
  GZIP: (input, length) => new Uint8Array(gunzipSync(input, { maxOutputLength: Math.max(1, within(length)) })),
  BROTLI: (input, length) => new Uint8Array(brotliDecompressSync(input, { maxOutputLength: Math.max(1, within(length)) })),
  ZSTD: (input, length) => new Uint8Array(zstdDecompressSync(input, { maxOutputLength: Math.max(1, within(length)) })),
};

/** @throws AppError CORRUPT_DATA for a damaged or too large table, and for columns of structures. */
export async function readParquetTable(bytes: Uint8Array): Promise<ForeignTable> {
  const buffer = new Uint8Array(bytes).buffer;
  const metadata = readMetadata(buffer);
  const names = checkSizes(metadata, bytes.length);
  const file = { byteLength: buffer.byteLength, slice: (start: number, end?: number) => buffer.slice(start, end) };
  let objects: Record<string, unknown>[];
  try {
    objects = await parquetReadObjects({ file, metadata, compressors });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unreadable("the Parquet table is damaged", cause);
  }
  if (objects.length !== Number(metadata.num_rows)) throw unreadable("the Parquet table has another number of rows than it declares");
  const columns = new Map<string, ForeignCell[]>();
  for (const name of names) {
    const cells = objects.map((row) => cellOf(row[name]));
    columns.set(name, cells);
  }
  return { rows: objects.length, columns };
}

function readMetadata(buffer: ArrayBuffer): FileMetaData {
  try {
    return parquetMetadata(buffer);
  } catch (cause) {
    throw unreadable("the Parquet table is damaged", cause);
  }
}

/** The names of the columns. */
function checkSizes(metadata: FileMetaData, fileBytes: number): readonly string[] {
  if (metadata.num_rows < 0n || metadata.num_rows > BigInt(importLimits.rows))
    throw unreadable(`it has ${metadata.num_rows} rows; the limit is ${importLimits.rows}`);
  const root = metadata.schema[0];
  const names: string[] = [];
  for (let at = 1; at < metadata.schema.length; ) {
    const element = metadata.schema[at];
    if (element === undefined) break;
    names.push(element.name);
    at += sizeOfElement(metadata, at);
  }
  if (root?.num_children !== names.length) throw unreadable("the columns of the Parquet table are damaged");
  checkHeader(names);
  let unpacked = 0n;
  let rows = 0n;
  for (const group of metadata.row_groups) {
    rows += group.num_rows;
    for (const { meta_data: column } of group.columns) {
      if (column === undefined) throw unreadable("a column of the Parquet table is in another file");
      if (column.total_uncompressed_size < 0n || column.num_values < 0n || column.num_values > BigInt(64 * importLimits.rows))
        throw unreadable(`the sizes of the column ${quote(column.path_in_schema.join("."))} are damaged`);
      unpacked += column.total_uncompressed_size;
    }
  }
  if (rows !== metadata.num_rows) throw unreadable("the Parquet table has another number of rows than it declares");
  if (unpacked > BigInt(importLimits.tableBytes) || unpacked > BigInt(highestRatio) * BigInt(fileBytes))
    throw unreadable(`the Parquet table unpacks to ${unpacked} bytes, which is too much for its size`);
  return names;
}

/** Number of elements of the schema that belong to the column at an index, itself included. */
function sizeOfElement({ schema }: FileMetaData, at: number, depth = 0): number {
  if (depth > 20) throw unreadable("the columns of the Parquet table are nested too deeply");
  const children = schema[at]?.num_children ?? 0;
  let size = 1;
  for (let child = 0; child < children; child++) {
    if (at + size >= schema.length) throw unreadable("the columns of the Parquet table are damaged");
    size += sizeOfElement({ schema } as FileMetaData, at + size, depth + 1);
  }
  return size;
}

function cellOf(value: unknown): ForeignCell {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number" || typeof value === "boolean" || value instanceof Date) return value;
  const text =
    typeof value === "string" ? value : JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? Number(item) : item));
  if (text.length > importLimits.cell) throw unreadable(`a cell of the table has more than ${importLimits.cell} characters`);
  return text;
}
