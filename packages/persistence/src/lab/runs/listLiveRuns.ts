/** Lists all runs that are not in the trash, of every workspace, for checks of the whole installation. */
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

export interface LiveRun {
  readonly id: string;
  readonly workspaceId: string;
  /** Such as RUN-12; with its workspace's short name if there are several workspaces. */
  readonly key: string;
}

const atOnce = 500;

export async function* listLiveRuns(connection: Connection): AsyncGenerator<LiveRun, void, undefined> {
  for (let after = ""; ; ) {
    const page = await connection.$queryRaw<LiveRun[]>`
      SELECT r.id, r.workspace_id AS "workspaceId", 'RUN-' || r.number ||
        CASE WHEN (SELECT count(*) FROM workspaces WHERE deleted_at IS NULL) > 1 THEN ' of ' || w.slug ELSE '' END AS key
      FROM ${liveRuns} r JOIN workspaces w ON w.id = r.workspace_id
      WHERE r.id > ${after} AND w.deleted_at IS NULL ORDER BY r.id LIMIT ${atOnce}`;
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
