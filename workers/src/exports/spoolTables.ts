/** Reads the tables of an export from one snapshot of the database into temporary files, from which they can be read several times. */
import path from "node:path";
import type { BundlePart } from "@pareidolia/exchange/bundleManifest";
import { orderOf } from "@pareidolia/exchange/bundleOrder";
import { lineOf, type RowCounts } from "@pareidolia/exchange/bundleRow";
import { type RowOf, type TableName, tableNames } from "@pareidolia/exchange/bundleTables";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import type { ExportSelection } from "@pareidolia/persistence/files/exports/exportSelection";
import { readRows } from "@pareidolia/persistence/files/exports/exportSnapshot";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { bundleRow, queryOfTable } from "./rowsOfTables.ts";
import { type Spool, spoolLines } from "./spool.ts";

export interface TablesToSpool {
  readonly selection: ExportSelection;
  readonly parts: readonly BundlePart[];
  /** An empty folder for temporary files. */
  readonly folder: string;
  /** Called before each row. @throws to stop. */
  readonly onRow: () => Promise<void>;
}

/** @param connection of a transaction that sees one moment of the database. */
export async function spoolTables(
  connection: Connection,
  { selection, parts, folder, onRow }: TablesToSpool,
): Promise<ReadonlyMap<TableName, Spool>> {
  const tables = new Map<TableName, Spool>();
  const counts: RowCounts = (table) => tables.get(table)?.rows ?? 0;
  for (const name of tableNames) {
    const query = queryOfTable[name](selection, parts);
    if (query === null) continue;
    // Rows have their own numbers, and runs refer to runs, before the rows of their table are counted.
    const own = name === "runs" ? selection.runs.length : Number.MAX_SAFE_INTEGER;
    const countsOf: RowCounts = (table) => (table === name ? own : counts(table));
    tables.set(name, await spoolLines(path.join(folder, name), linesOf(name, readRows(connection, query), countsOf, onRow)));
  }
  return tables;
}

async function* linesOf<Name extends TableName>(
  name: Name,
  rows: ReturnType<typeof readRows>,
  counts: RowCounts,
  onRow: () => Promise<void>,
): AsyncGenerator<string, void, undefined> {
  let number = 0;
  const requireOrder = orderOf(name);
  for await (const read of rows) {
    await onRow();
    const row = bundleRow(name, read, number++, counts);
    requireOrder(row);
    yield lineOf(name, row);
  }
}

/** The rows of spooled tables, which were checked when they were written. */
export function rowsOfSpools(tables: ReadonlyMap<TableName, Spool>): BundleRows {
  return {
    async *rows<Name extends TableName>(name: Name) {
      const spool = tables.get(name);
      if (spool !== undefined) for await (const line of spool.lines()) yield JSON.parse(line) as RowOf<Name>;
    },
  };
}
