/** Deletes the rows of runs and experiments that were deleted from a workspace's trash. The hourly clean-up continues an interrupted task. */
import type { JobData } from "@pareidolia/jobs/jobs";
import { deleteDiscarded as deleteRows } from "@pareidolia/persistence/lab/trash/discard";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { TaskLog } from "../taskLog.ts";

export interface DeleteDiscardedContext {
  readonly database: Database;
  readonly stop: AbortSignal;
  readonly log: TaskLog;
}

export async function deleteDiscarded(
  { workspaceId }: JobData["deleteDiscarded"],
  { database, stop, log }: DeleteDiscardedContext,
): Promise<void> {
  try {
    const deleted = await deleteRows(database, { workspaceId, signal: stop });
    if (deleted > 0) log.info({ workspaceId, deleted }, "runs and experiments from the trash are deleted");
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
