/** The changes of state of all runs of a sweep, newest first. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { RunEventRecord } from "../runs/readRunEvents.ts";

const from = Prisma.sql`FROM ${liveRuns} r JOIN run_events v ON v.run_id = r.id`;

function eventsOf(sweepId: string): Prisma.Sql[] {
  return [Prisma.sql`r.sweep_id = ${sweepId}`, Prisma.sql`v.kind = 'STATE'`];
}

export function listSweepLog(
  connection: Connection,
  { sweepId, page }: { readonly sweepId: string; readonly page: PageRequest },
): Promise<Page<RunEventRecord>> {
  return selectPage<RunEventRecord, RunEventRecord>(connection, {
    select: Prisma.sql`SELECT v.run_id AS "runId", v.seq, v.kind, v.payload, v.created_at AS "createdAt" ${from}`,
    conditions: eventsOf(sweepId),
    ordering: {
      columns: [
        { sql: Prisma.sql`v.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`v.run_id`, type: "text" },
        { sql: Prisma.sql`v.seq`, type: "integer" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.runId, row.seq],
  });
}

export function countSweepLog(request: CountRequest, sweepId: string): Promise<number> {
  return countRows(request, from, eventsOf(sweepId));
}
