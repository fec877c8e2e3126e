/** Locks the rows of runs and experiments that a member trashes, restores or discards. */
import type { RunControl, RunState } from "@pareidolia/core/runState";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { type LockColumns, lockOfRun } from "../locks/assertUnlocked.ts";
import { waitForCheckpoint } from "../runs/waitForCheckpoint.ts";

export interface TrashRun extends LockColumns {
  readonly id: string;
  readonly number: number;
  readonly state: RunState;
  readonly control: RunControl;
  readonly trashedAt: Date | null;
  readonly trashedWithExperiment: boolean;
  readonly discardedAt: Date | null;
  readonly experimentId: string;
  readonly experimentNumber: number;
  readonly experimentTrashedAt: Date | null;
}

export interface TrashExperiment {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly trashedAt: Date | null;
  readonly discardedAt: Date | null;
  readonly lockedAt: Date | null;
  readonly lockedBy: string | null;
}

/** Which runs: those with these ids, or all of these experiments. */
export type Chosen = { readonly runIds: readonly string[] } | { readonly experimentIds: readonly string[] };

function chosenRuns(chosen: Chosen): Prisma.Sql {
  return "runIds" in chosen
    ? Prisma.sql`r.id = ANY (${[...chosen.runIds]})`
    : Prisma.sql`r.experiment_id = ANY (${[...chosen.experimentIds]})`;
}

function lockFreeRuns(connection: Connection, workspaceId: string, chosen: Chosen): Promise<TrashRun[]> {
  return connection.$queryRaw<TrashRun[]>`
    SELECT r.id, r.number, r.state::text, r.control::text, r.trashed_at AS "trashedAt", r.trashed_with_experiment AS "trashedWithExperiment",
      r.discarded_at AS "discardedAt", r.experiment_id AS "experimentId", x.number AS "experimentNumber", x.trashed_at AS "experimentTrashedAt", ${lockOfRun}
    FROM runs r JOIN experiments x ON x.id = r.experiment_id
    WHERE ${chosenRuns(chosen)} AND r.workspace_id = ${workspaceId} ORDER BY r.number FOR UPDATE OF r SKIP LOCKED`;
}

async function expectRuns(connection: Connection, workspaceId: string, chosen: Chosen): Promise<number> {
  const [row] = await connection.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM runs r WHERE ${chosenRuns(chosen)} AND r.workspace_id = ${workspaceId}`;
  return row?.count ?? 0;
}

/**
 * By number. Rows that a checkpoint locks are waited for, up to some 4 s, and then missing. The caller holds `changeLocks`, so no two
 * callers wait for each other's rows.
 */
export async function lockTrashRuns(connection: Connection, workspaceId: string, chosen: Chosen): Promise<TrashRun[]> {
  const expected = await expectRuns(connection, workspaceId, chosen);
  let runs: TrashRun[] = [];
  await waitForCheckpoint(connection, async () => {
    runs = await lockFreeRuns(connection, workspaceId, chosen);
    return runs.length === expected ? runs : null;
  });
  return runs;
}

/** By number. */
export function lockTrashExperiments(connection: Connection, workspaceId: string, ids: readonly string[]): Promise<TrashExperiment[]> {
  return connection.$queryRaw<TrashExperiment[]>`
    SELECT x.id, x.number, x.name, x.trashed_at AS "trashedAt", x.discarded_at AS "discardedAt", x.locked_at AS "lockedAt",
      (SELECT u.name FROM users u WHERE u.id = x.locked_by_id) AS "lockedBy"
    FROM experiments x WHERE x.id = ANY (${[...ids]}) AND x.workspace_id = ${workspaceId} ORDER BY x.number FOR UPDATE OF x`;
}
