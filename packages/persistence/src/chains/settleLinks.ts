/**
 * A chain's link is under way only while its run is: wherever a run leaves RUNNING, or is tried again, this goes along in the same
 * transaction. Of a run that ended on an error the link that was under way has failed; of any other it waits, since a link that is
 * broken off begins again.
 */
import type { RunState } from "@pareidolia/core/runState";
import type { Connection } from "../database/database.ts";

/** Nothing for a run that is no chain. The caller holds the run's row already. */
export async function settleLinks(connection: Connection, runId: string, run: RunState): Promise<void> {
  if (run === "FAILED" || run === "CRASHED") {
    await connection.chainLink.updateMany({ where: { runId, state: "RUNNING" }, data: { state: "FAILED", endedAt: new Date() } });
    return;
  }
  // What failed has failed until somebody tries again.
  const left = run === "QUEUED" ? (["RUNNING", "FAILED"] as const) : (["RUNNING"] as const);
  await connection.chainLink.updateMany({
    where: { runId, state: { in: [...left] } },
    data: { state: "QUEUED", startedAt: null, endedAt: null },
  });
}
