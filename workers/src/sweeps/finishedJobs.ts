/** Removes finished jobs from the queue. */
import { clearFinishedJobs } from "@pareidolia/jobs/finishedJobs";
import type { Sweep } from "@pareidolia/persistence/sweeps/sweep";

const graceSeconds = 24 * 60 * 60;

export const finishedJobs: Sweep = {
  kind: "jobs",
  title: "Finished jobs",
  graceSeconds,
  async sweep({ database, dryRun, signal }) {
    signal.throwIfAborted();
    return database.transaction(({ executor }) => clearFinishedJobs(executor, { keepSeconds: graceSeconds, dryRun }));
  },
};
