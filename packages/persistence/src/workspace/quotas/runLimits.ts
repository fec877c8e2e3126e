/**
 * How much of the workers a workspace may use: a limit of runs that compute at once, and its share when several workspaces wait. Only the
 * operator of the server sets them.
 */
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "../../access/audit/appendAuditEntry.ts";
import type { Connection, Database } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { findWorkspaceBySlug } from "./workspaceBySlug.ts";

export interface RunLimits {
  /** Runs that compute now. */
  readonly running: number;
  /** The most that may compute at once; null for no limit. */
  readonly limit: number | null;
  /** Its part of the workers' time while runs of several workspaces wait, relative to the others' shares. */
  readonly share: number;
}

export const maxShare = 100;
/** More than any number of workers. */
const maxLimit = 1_000_000;

async function countRunning(connection: Connection, { workspaceId }: Pick<Scope, "workspaceId">): Promise<number> {
  const [row] = await connection.$queryRaw<{ running: number }[]>`
    SELECT count(*)::int AS running FROM ${liveRuns} r WHERE workspace_id = ${workspaceId} AND state = 'RUNNING'`;
  return row?.running ?? 0;
}

export async function readRunLimits(connection: Connection, scope: Pick<Scope, "workspaceId">): Promise<RunLimits> {
  const where = { id: scope.workspaceId };
  const { runLimit, runShare } = await connection.workspace.findUniqueOrThrow({ where, select: { runLimit: true, runShare: true } });
  return { running: await countRunning(connection, scope), limit: runLimit, share: runShare };
}

function requireWhole(value: number, name: string, largest: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= largest) return;
  throw new AppError("INVALID_INPUT", `${name} must be a whole number from 1 to ${largest.toLocaleString("en")}.`);
}

/** Undefined values stay as they are; a limit of null is none. @throws AppError INVALID_INPUT; NOT_FOUND. */
export async function setRunLimits(
  database: Database,
  { slug, limit, share }: { readonly slug: string; readonly limit?: number | null | undefined; readonly share?: number | undefined },
): Promise<void> {
  if (limit != null) requireWhole(limit, "The limit of runs", maxLimit);
  if (share !== undefined) requireWhole(share, "The share", maxShare);
  await database.transaction(async ({ connection }) => {
    const { id, name, runLimit, runShare } = await findWorkspaceBySlug(connection, slug);
    const before = { runLimit, runShare };
    const after = { runLimit: limit === undefined ? runLimit : limit, runShare: share ?? runShare };
    if (before.runLimit === after.runLimit && before.runShare === after.runShare) return;
    await connection.workspace.update({ where: { id }, data: after });
    const entry = { action: "workspace:setRunLimits", subjectType: "Workspace", subjectId: id, subjectName: name };
    await appendAuditEntry(connection, { userId: null, workspaceId: id }, { ...entry, before, after });
  });
}
