/**
 * How a change of each column of the database is found. A test takes the columns from the database, requires an entry for each, changes those
 * that are checked, and requires that the check names them.
 */
import { columnsOfResults } from "./columnsOfResults.ts";
import { columnsOfStudies } from "./columnsOfStudies.ts";
import { otherColumns } from "./otherColumns.ts";
import { type ColumnCheck, checks } from "./tableColumns.ts";

export interface ColumnEntry {
  readonly table: string;
  readonly column: string;
  /** Null if nothing checks it. */
  readonly check: ColumnCheck | null;
  /** Why nothing checks it; empty for others. */
  readonly reason: string;
}

function namesOf(names: string): readonly string[] {
  return names.split(" ").filter((name) => name !== "");
}

/** Every entry; a column with two entries is listed twice. */
export function listColumns(): readonly ColumnEntry[] {
  return Object.entries({ ...columnsOfResults, ...columnsOfStudies, ...otherColumns }).flatMap(([table, columns]) => [
    ...checks.flatMap((check) => namesOf(columns[check] ?? "").map((column) => ({ table, column, check, reason: "" }))),
    ...Object.entries(columns.unchecked ?? {}).flatMap(([reason, names]) =>
      namesOf(names).map((column) => ({ table, column, check: null, reason })),
    ),
  ]);
}
