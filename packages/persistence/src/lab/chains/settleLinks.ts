/**
 * Keeps the state of a chain's links consistent with the state of its run. Called in every transaction that changes the run's state: a
 * link is RUNNING only while its run is. An error of the run fails its running link; otherwise the link is queued and starts again later.
 */
import type { RunState } from "@pareidolia/core/runState";
import type { Connection } from "../../server/database/database.ts";

/** Does nothing for other kinds of runs. The caller must hold the lock on the run's row. */
export async function settleLinks(connection: Connection, runId: string, run: RunState): Promise<void> {
  if (run === "FAILED" || run === "CRASHED") {
    await connection.chainLink.updateMany({ where: { runId, state: "RUNNING" }, data: { state: "FAILED", endedAt: new Date() } });
    return;
  }
  // A failed link stays failed until a user resumes the run.
  const unfinished = run === "QUEUED" ? (["RUNNING", "FAILED"] as const) : (["RUNNING"] as const);
  await connection.chainLink.updateMany({
    where: { runId, state: { in: [...unfinished] } },
    data: { state: "QUEUED", startedAt: null, endedAt: null },
  });
}
