/** Rows of a bundle's tables as lines of JSON, and as cells for the other formats. */
import type { Cells, TypedColumn } from "@pareidolia/archive/tables/columns";
import { jsonLine } from "@pareidolia/archive/tables/writeTable";
import { AppError } from "@pareidolia/core/appError";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import type { Cell } from "@pareidolia/core/csv";
import type { NumberedTable } from "./bundleColumn.ts";
import { type BundleTable, bundleTables, type RowOf, type TableName } from "./bundleTables.ts";

const typed = new Map<TableName, readonly TypedColumn[]>();

/** The columns of a table in order. */
export function columnsOf(name: TableName): readonly TypedColumn[] {
  const found = typed.get(name);
  if (found !== undefined) return found;
  const table: BundleTable = bundleTables[name];
  const columns = Object.entries(table.columns).map(([column, { type, nullable, description }]) => ({
    name: column,
    type,
    nullable,
    description,
  }));
  typed.set(name, columns);
  return columns;
}

/** The cells of a row in the order of columns; JSON documents as canonical text. */
export function cellsOf<Name extends TableName>(name: Name, row: RowOf<Name>): Cells {
  return columnsOf(name).map((column) => {
    const value = (row as Readonly<Record<string, unknown>>)[column.name] ?? null;
    return column.type === "json" && value !== null ? canonicalJson(value) : (value as Cell);
  });
}

/** The row as one line, with its line break. */
export function lineOf<Name extends TableName>(name: Name, row: RowOf<Name>): string {
  return jsonLine(columnsOf(name), cellsOf(name, row));
}

/** How many rows the numbered tables have. */
export type RowCounts = (table: NumberedTable) => number;

/**
 * Checks an untrusted line.
 * @param place such as "line 3 of tables/runs.jsonl", for errors.
 * @throws AppError CORRUPT_DATA for malformed JSON, a missing or unknown column, a value of another type, or a reference to no row.
 */
export function parseRow<Name extends TableName>(name: Name, line: string, place: string, counts: RowCounts): RowOf<Name> {
  return checkRow(name, parseObject(line, place), place, counts);
}

/** Checks a row before it is written, or after it was parsed. @throws AppError CORRUPT_DATA like `parseRow`. */
export function checkRow<Name extends TableName>(
  name: Name,
  value: Readonly<Record<string, unknown>>,
  place: string,
  counts: RowCounts,
): RowOf<Name> {
  const table: BundleTable = bundleTables[name];
  const known = Object.entries(table.columns);
  for (const field of Object.keys(value))
    if (!Object.hasOwn(table.columns, field))
      throw new AppError("CORRUPT_DATA", `${place} has an unknown column ${JSON.stringify(field.slice(0, 80))}.`);
  const row: Record<string, unknown> = {};
  for (const [column, { shape, refersTo }] of known) {
    if (!Object.hasOwn(value, column)) throw new AppError("CORRUPT_DATA", `${place} lacks the column ${column}.`);
    const cell = shape(value[column], `${column} in ${place}`);
    if (refersTo !== undefined && typeof cell === "number" && cell >= counts(refersTo))
      throw new AppError("CORRUPT_DATA", `${place} refers to row ${cell} of ${refersTo}, which the bundle does not have.`);
    row[column] = cell;
  }
  return row as RowOf<Name>;
}

function parseObject(line: string, place: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", `${place} is not JSON.`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new AppError("CORRUPT_DATA", `${place} is no object.`);
  return value as Readonly<Record<string, unknown>>;
}
