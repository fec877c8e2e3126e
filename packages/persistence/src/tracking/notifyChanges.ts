/**
 * Tells every process of the API, once the transaction commits, which runs and experiments of a workspace members have changed. Triggers
 * announce on the same channel what programs change: states, progress, and what is created or deleted.
 */
import type { Connection } from "../database/database.ts";
import type { Scope } from "../scope/scope.ts";

export const changesChannel = "pareidolia_changes";

export interface ChangedWebhook {
  readonly id: string;
  /** Null for one of the workspace. */
  readonly ownerId: string | null;
}

export interface ChangedBulkQuery {
  readonly id: string;
  /** Who started it, and alone may see it. */
  readonly ownerId: string;
}

export interface ChangedSubjects {
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
  readonly sweepIds: readonly string[];
  readonly savedComparisonIds: readonly string[];
  /** Those that have changed, or whose deliveries have. */
  readonly webhooks: readonly ChangedWebhook[];
  readonly bulkQueries: readonly ChangedBulkQuery[];
}

/** Postgres limits a payload to 8,000 bytes. */
const mostIds = 100;

/** The payload has no ids if there are many: then anything in the workspace may have changed. */
export async function notifyChanges(
  connection: Connection,
  { workspaceId }: Scope,
  changed: Partial<Pick<ChangedSubjects, "runIds" | "experimentIds">>,
): Promise<void> {
  const { runIds = [], experimentIds = [] } = changed;
  const count = runIds.length + experimentIds.length;
  if (count === 0) return;
  const payload = count > mostIds ? workspaceId : `${workspaceId} ${JSON.stringify({ runIds, experimentIds })}`;
  await connection.$executeRaw`SELECT pg_notify(${changesChannel}, ${payload})`;
}

const nothing: ChangedSubjects = { runIds: [], experimentIds: [], sweepIds: [], savedComparisonIds: [], webhooks: [], bulkQueries: [] };

/** Null if anything may have changed. */
export function readChanges(payload: string): { readonly workspaceId: string; readonly changed: ChangedSubjects | null } {
  const space = payload.indexOf(" ");
  if (space < 0) return { workspaceId: payload, changed: null };
  const changed = JSON.parse(payload.slice(space + 1)) as Partial<ChangedSubjects>;
  return { workspaceId: payload.slice(0, space), changed: { ...nothing, ...changed } };
}

/** For changes that any run or experiment of the workspace may show, such as a tag's new name. */
export async function notifyEverything(connection: Connection, { workspaceId }: Scope): Promise<void> {
  await connection.$executeRaw`SELECT pg_notify(${changesChannel}, ${workspaceId})`;
}
