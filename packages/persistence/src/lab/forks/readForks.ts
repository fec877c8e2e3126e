/** Reads which runs were forked from a run. */

import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf } from "../../server/database/inOrderOf.ts";
import { liveRuns } from "../../server/scope/live.ts";

const maxForks = 100;

/** The IDs of each run's forks, oldest first, at most 100. */
export async function findForksOf(connection: Connection, runIds: readonly string[]): Promise<string[][]> {
  const rows = await connection.$queryRaw<{ readonly id: string; readonly originalId: string }[]>`
    SELECT fork.id, original.id AS "originalId" FROM unnest(${[...runIds]}::text[]) AS original(id) CROSS JOIN LATERAL (
      SELECT r.id, r.created_at FROM ${liveRuns} r WHERE r.forked_from_run_id = original.id ORDER BY r.created_at, r.id LIMIT ${maxForks}
    ) AS fork ORDER BY fork.created_at, fork.id`;
  return groupInOrderOf(runIds, rows, (row) => row.originalId).map((forks) => forks.map(({ id }) => id));
}
