/** The columns of a table, by which it is written as CSV, JSON lines and Parquet. */
import type { Cell } from "@pareidolia/core/csv";

/** `list` and `json` are JSON in JSON lines, and JSON text in CSV and Parquet. */
export type ColumnType = "integer" | "number" | "boolean" | "text" | "list" | "json";

export interface TypedColumn {
  readonly name: string;
  readonly description: string;
  readonly type: ColumnType;
  /** Whether cells may be empty. */
  readonly nullable: boolean;
}

/** A row as its cells in the order of columns. The text of a `json` cell is canonical JSON. */
export type Cells = readonly Cell[];
