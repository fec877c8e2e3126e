/** Reads the event log of a run. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface RunEventRecord {
  readonly runId: string;
  readonly seq: number;
  readonly kind: string;
  readonly payload: unknown;
  readonly createdAt: Date;
}

const selectEvents = Prisma.sql`
  SELECT v.run_id AS "runId", v.seq, v.kind, v.payload, v.created_at AS "createdAt" FROM run_events v`;

interface RunInScope {
  readonly scope: Scope;
  readonly runId: string;
}

function eventsOf({ scope, runId }: RunInScope): Prisma.Sql[] {
  const visible = Prisma.sql`EXISTS (SELECT FROM ${liveRuns} r WHERE r.id = v.run_id AND r.workspace_id = ${scope.workspaceId})`;
  return [Prisma.sql`v.run_id = ${runId}`, visible];
}

export function listRunEvents(connection: Connection, input: RunInScope & { page: PageRequest }): Promise<Page<RunEventRecord>> {
  return selectPage<RunEventRecord, RunEventRecord>(connection, {
    select: selectEvents,
    conditions: eventsOf(input),
    ordering: { columns: [{ sql: Prisma.sql`v.seq`, type: "integer" }], direction: "ASC" },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.seq],
  });
}

export function countRunEvents(request: CountRequest, run: RunInScope): Promise<number> {
  return countRows(request, Prisma.sql`FROM run_events v`, eventsOf(run));
}

/** At most `limit` events after number `after`, in order; none while the run is in the trash. */
export function readRunEvents(connection: Connection, input: { runId: string; after: number; limit: number }): Promise<RunEventRecord[]> {
  return connection.runEvent.findMany({
    where: { runId: input.runId, run: { trashedAt: null }, seq: { gt: input.after } },
    orderBy: { seq: "asc" },
    take: input.limit,
  });
}

/** Whether the log has every event after number `after` up to number `until`: a clean-up may have deleted some. */
export async function hasEveryEvent(
  connection: Connection,
  { runId, after, until }: { readonly runId: string; readonly after: number; readonly until: number },
): Promise<boolean> {
  return (await connection.runEvent.count({ where: { runId, seq: { gt: after, lte: until } } })) === until - after;
}
