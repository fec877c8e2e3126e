/**
 * Logs the runs and experiments that members change, and notifies every API process once the transaction commits. Triggers do the same for
 * changes by programs: states, progress, creations and deletions.
 */
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** Each message is a workspace's ID. */
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

export async function notifyChanges(
  connection: Connection,
  { workspaceId }: Scope,
  changed: Partial<Pick<ChangedSubjects, "runIds" | "experimentIds">>,
): Promise<void> {
  await connection.$executeRaw`SELECT announce_change(${workspaceId}, ${JSON.stringify(changed)}::jsonb)`;
}

/** For changes that any run or experiment of the workspace may show, such as a tag's new name. */
export async function notifyEverything(connection: Connection, { workspaceId }: Scope): Promise<void> {
  await connection.$executeRaw`SELECT announce_change(${workspaceId}, NULL)`;
}
