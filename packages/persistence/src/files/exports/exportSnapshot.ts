/**
 * Reads all rows of an export from one snapshot of the database, a few thousand at a time by a cursor, so that they fit each other however
 * much is written meanwhile.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

export type ExportedRow = Readonly<Record<string, unknown>>;

/** Rows of a table that are in memory. Rows with genomes have up to 4 KiB, rows with scores some KiB. */
const rowsAtOnce = 2_000;

/** The rows in order. One cursor is open at a time. @param connection of a transaction. */
export async function* readRows(connection: Connection, query: Prisma.Sql): AsyncGenerator<ExportedRow, void, undefined> {
  await connection.$executeRaw(Prisma.sql`DECLARE export_rows NO SCROLL CURSOR FOR ${query}`);
  for (let more = true; more; ) {
    const rows = await connection.$queryRaw<ExportedRow[]>(Prisma.sql`FETCH FORWARD ${Prisma.raw(String(rowsAtOnce))} FROM export_rows`);
    yield* rows;
    more = rows.length === rowsAtOnce;
  }
  await connection.$executeRaw(Prisma.sql`CLOSE export_rows`);
}
