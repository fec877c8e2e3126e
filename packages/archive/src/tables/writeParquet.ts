/** Apache Parquet as a stream: a row group at a time, so a table of any length takes little memory. Equal rows give equal bytes. */
import type { Cell } from "@pareidolia/core/csv";
import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { ColumnType, TypedColumn } from "./columns.ts";

const rowsOfGroup = 20_000;
/** Characters of text in a group, some of which has genomes and scores. */
const charactersOfGroup = 16 * 2 ** 20;
const types: Readonly<Record<ColumnType, BasicType>> = {
  integer: "INT32",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  text: "STRING",
  list: "STRING",
  json: "STRING",
};

/** @param rows cells in the order of columns. Lists become JSON text. */
export async function* writeParquet(
  columns: readonly TypedColumn[],
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const schema = schemaFromColumnData({
    columnData: columns.map(({ name, type, nullable }) => ({ name, data: [], type: types[type], nullable })),
  });
  const target = new ByteWriter(1 << 20);
  const writer = new ParquetWriter({ writer: target, schema, createdBy: "Pareidolia" });
  const take = (): Uint8Array => {
    const bytes = target.getBytes().slice();
    target.index = 0;
    return bytes;
  };
  let group: (readonly Cell[])[] = [];
  let characters = 0;
  const write = (): Uint8Array => {
    const data = columns.map(({ name, type }, index) => ({ name, data: group.map((row) => valueOf(row[index] ?? null, type)) }));
    void writer.write({ columnData: data, rowGroupSize: rowsOfGroup });
    group = [];
    characters = 0;
    return take();
  };
  for await (const row of rows) {
    group.push(row);
    for (const cell of row) if (typeof cell === "string") characters += cell.length;
    if (group.length === rowsOfGroup || characters >= charactersOfGroup) yield write();
  }
  if (group.length > 0) yield write();
  void writer.finish();
  yield take();
}

function valueOf(cell: Cell, type: ColumnType): unknown {
  if (cell === null) return undefined;
  return type === "list" ? JSON.stringify(cell) : cell;
}
