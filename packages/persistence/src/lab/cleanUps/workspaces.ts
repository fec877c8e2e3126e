/** Workspaces, 14 days after an owner deleted them, with everything in them but their audit logs. */

import type { CleanUp } from "../../server/cleanUps/cleanUp.ts";
import type { Connection } from "../../server/database/database.ts";
import { latestPurged, secondsToRestore } from "../../workspace/workspaces/restoreTime.ts";
import { purgeWorkspace } from "../workspaces/purgeWorkspace.ts";
import { stopWork } from "../workspaces/stopWork.ts";

async function findDeleted(
  connection: Connection,
): Promise<{ readonly old: readonly { id: string }[]; readonly young: readonly { id: string }[] }> {
  const latest = latestPurged();
  const [old, young] = await Promise.all([
    connection.workspace.findMany({ where: { deletedAt: { lte: latest } }, select: { id: true } }),
    connection.workspace.findMany({ where: { deletedAt: { gt: latest } }, select: { id: true } }),
  ]);
  return { old, young };
}

export const workspaces: CleanUp = {
  kind: "workspaces",
  title: "Deleted workspaces",
  graceSeconds: secondsToRestore,
  async cleanUp({ database, dryRun, signal }) {
    const { old, young } = await findDeleted(database.connection);
    if (!dryRun) {
      for (const workspace of young) await stopWork(database, workspace);
      for (const workspace of old) await purgeWorkspace(database, workspace, signal);
    }
    return { removed: { count: old.length, byteLength: 0 }, waiting: { count: young.length, byteLength: 0 } };
  },
};
