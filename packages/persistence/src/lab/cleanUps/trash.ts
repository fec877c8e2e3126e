/** Runs and experiments that were deleted from the trash. A job deletes them at once; this deletes those whose job was lost. */

import type { CleanUp } from "../../server/cleanUps/cleanUp.ts";
import { deleteDiscarded } from "../trash/discard.ts";

export const trash: CleanUp = {
  kind: "trash",
  title: "Runs deleted from the trash",
  graceSeconds: 0,
  async cleanUp({ database, dryRun, signal }) {
    const where = { discardedAt: { not: null } };
    const { connection } = database;
    const count = dryRun
      ? (await connection.run.count({ where })) + (await connection.experiment.count({ where }))
      : await deleteDiscarded(database, { signal });
    return { removed: { count, byteLength: 0 }, waiting: { count: 0, byteLength: 0 } };
  },
};
