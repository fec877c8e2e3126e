/** Tables in each format, as streams of bytes, a row at a time. */
import { csvLine } from "@pareidolia/core/csv";
import type { Cells, TypedColumn } from "./columns.ts";
import { writeParquet } from "./writeParquet.ts";

type Rows = Iterable<Cells> | AsyncIterable<Cells>;
type WriteTable = (columns: readonly TypedColumn[], rows: Rows) => AsyncGenerator<Uint8Array, void, undefined>;

const utf8 = new TextEncoder();
/** Characters that are encoded together. */
const pieceLength = 1 << 18;

/** Lines as UTF-8, in pieces of some 256 KiB. */
export async function* inPieces(lines: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  let text = "";
  for await (const line of lines) {
    text += line;
    if (text.length < pieceLength) continue;
    yield utf8.encode(text);
    text = "";
  }
  if (text !== "") yield utf8.encode(text);
}

const writeCsv: WriteTable = (columns, rows) => {
  async function* lines(): AsyncGenerator<string> {
    yield csvLine(columns.map(({ name }) => name));
    for await (const cells of rows) yield csvLine(cells);
  }
  return inPieces(lines());
};

/** An object with its fields in the order of columns. */
export function jsonLine(columns: readonly TypedColumn[], cells: Cells): string {
  const fields = columns.map(({ name, type }, index) => {
    const cell = cells[index] ?? null;
    return `${JSON.stringify(name)}:${type === "json" && typeof cell === "string" ? cell : JSON.stringify(cell)}`;
  });
  return `{${fields.join(",")}}\n`;
}

/** An object on each line; lists are lists, and empty cells are null. */
const writeJsonLines: WriteTable = (columns, rows) => {
  async function* lines(): AsyncGenerator<string> {
    for await (const cells of rows) yield jsonLine(columns, cells);
  }
  return inPieces(lines());
};

interface TableFormat {
  readonly label: string;
  readonly mediaType: string;
  /** Of a response, with the charset. */
  readonly contentType: string;
  readonly write: WriteTable;
}

/** By the end of the file's name. */
export const tableFormats = {
  csv: { label: "CSV", mediaType: "text/csv", contentType: "text/csv; charset=utf-8", write: writeCsv },
  jsonl: { label: "JSON lines", mediaType: "application/jsonl", contentType: "application/jsonl; charset=utf-8", write: writeJsonLines },
  parquet: {
    label: "Parquet",
    mediaType: "application/vnd.apache.parquet",
    contentType: "application/vnd.apache.parquet",
    write: writeParquet,
  },
} as const satisfies Readonly<Record<string, TableFormat>>;
export type TableFormatId = keyof typeof tableFormats;
