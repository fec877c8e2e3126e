/** How many runs of a workspace may compute at once. Only the operator of the server limits them. */
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "../audit/appendAuditEntry.ts";
import type { Connection, Database, Transaction } from "../database/database.ts";
import { liveRuns } from "../scope/live.ts";
import type { Scope } from "../scope/scope.ts";
import { findWorkspaceBySlug } from "./workspaceBySlug.ts";

export interface RunUsage {
  /** Runs that compute now. */
  readonly running: number;
  /** The most that may compute at once; null for no limit. */
  readonly limit: number | null;
}

/** More than any number of workers. */
const largestLimit = 1_000_000;

async function countRunning(connection: Connection, { workspaceId }: Pick<Scope, "workspaceId">): Promise<number> {
  const [row] = await connection.$queryRaw<{ running: number }[]>`
    SELECT count(*)::int AS running FROM ${liveRuns} r WHERE workspace_id = ${workspaceId} AND state = 'RUNNING'`;
  return row?.running ?? 0;
}

export async function readRunUsage(connection: Connection, scope: Pick<Scope, "workspaceId">): Promise<RunUsage> {
  const where = { id: scope.workspaceId };
  const { runLimit } = await connection.workspace.findUniqueOrThrow({ where, select: { runLimit: true } });
  return { running: await countRunning(connection, scope), limit: runLimit };
}

/** The workspace of a queued run if it is at its limit of running runs; otherwise null. Concurrent claims for its last place are serialised. */
export async function findWorkspaceAtLimit({ connection }: Transaction, runId: string): Promise<string | null> {
  const [limited] = await connection.$queryRaw<{ workspaceId: string; limit: number }[]>`
    SELECT w.id AS "workspaceId", w.run_limit AS "limit" FROM ${liveRuns} r JOIN workspaces w ON w.id = r.workspace_id
    WHERE r.id = ${runId} AND r.state = 'QUEUED' AND w.run_limit IS NOT NULL`;
  if (limited === undefined) return null;
  const { workspaceId, limit } = limited;
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('pareidolia_run_limit ' || ${workspaceId}))`;
  return (await countRunning(connection, limited)) >= limit ? workspaceId : null;
}

/** A limit of null is none. @throws AppError INVALID_INPUT; NOT_FOUND. */
export async function setRunLimit(
  database: Database,
  { slug, limit }: { readonly slug: string; readonly limit: number | null },
): Promise<void> {
  if (limit !== null && !(Number.isSafeInteger(limit) && limit >= 1 && limit <= largestLimit))
    throw new AppError("INVALID_INPUT", `The limit of runs must be a whole number from 1 to ${largestLimit.toLocaleString("en")}.`);
  await database.transaction(async ({ connection }) => {
    const { id, name, runLimit } = await findWorkspaceBySlug(connection, slug);
    if (runLimit === limit) return;
    await connection.workspace.update({ where: { id }, data: { runLimit: limit } });
    const entry = { action: "workspace:setRunLimit", subjectType: "Workspace", subjectId: id, subjectName: name };
    const values = { before: { runLimit }, after: { runLimit: limit } };
    await appendAuditEntry(connection, { userId: null, workspaceId: id }, { ...entry, ...values });
  });
}
