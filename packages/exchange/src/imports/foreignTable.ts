/** A table of another program in memory, read from CSV or Parquet: columns by name, and the cells of each. */
import { importLimits, quote, unreadable } from "./foreignData.ts";

export type ForeignCell = string | number | boolean | Date | null;

export interface ForeignTable {
  readonly rows: number;
  /** In the order of the file. Every column has `rows` cells. */
  readonly columns: ReadonlyMap<string, readonly ForeignCell[]>;
}

/** @throws AppError CORRUPT_DATA for a table that is too large, and for two columns of one name. */
export function checkHeader(names: readonly string[]): void {
  if (names.length > importLimits.columns) throw unreadable(`it has ${names.length} columns; the limit is ${importLimits.columns}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw unreadable(`it has two columns with the name ${quote(twice)}`);
}

export function textOf(cell: ForeignCell | undefined): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString() : String(cell);
}

const numeric = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/;

/** A finite number; null for an empty cell, NaN and other text. */
export function numberOf(cell: ForeignCell | undefined): number | null {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : null;
  if (typeof cell !== "string" || !numeric.test(cell)) return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/** Whether the cell has no value: empty, or NaN as pandas and others write it. */
export function isEmpty(cell: ForeignCell | undefined): boolean {
  if (cell === null || cell === undefined) return true;
  if (typeof cell === "number") return Number.isNaN(cell);
  return typeof cell === "string" && /^\s*(nan|none|null|n\/a|<na>)?\s*$/i.test(cell);
}

/** A date in ISO 8601, such as pandas and MLflow write it, or milliseconds since 1970. Null for other text. */
export function dateOf(cell: ForeignCell | undefined): Date | null {
  if (cell instanceof Date) return Number.isFinite(cell.getTime()) ? cell : null;
  const number = numberOf(cell);
  if (number !== null) return number > 1e11 && number < 4e12 ? new Date(number) : null;
  if (typeof cell !== "string" || !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(cell)) return null;
  // Without a zone, pandas means UTC.
  const text = cell.trim().replace(" ", "T");
  const zoned = /([zZ]|[-+]\d\d:?\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`;
  const date = new Date(zoned);
  return Number.isFinite(date.getTime()) ? date : null;
}
