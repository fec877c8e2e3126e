/** Removes finished jobs from the queue. */
import { clearFinishedJobs } from "@pareidolia/jobs/finishedJobs";
import type { CleanUp } from "@pareidolia/persistence/server/cleanUps/cleanUp";

const graceSeconds = 24 * 60 * 60;

export const finishedJobs: CleanUp = {
  kind: "jobs",
  title: "Finished jobs",
  graceSeconds,
  async cleanUp({ database, dryRun, signal }) {
    signal.throwIfAborted();
    return database.transaction(({ executor }) => clearFinishedJobs(executor, { keepSeconds: graceSeconds, dryRun }));
  },
};
