/** Waits for work of the server with a progress bar. */
import { waitForJob } from "@pareidolia/client/jobs/waitForJob";
import type { Context } from "./context.ts";
import type { ProgressBar } from "./output/progressBar.ts";

/** How far a job with countable steps is. */
interface JobProgress {
  readonly state: string;
  readonly done: number;
  /** Null until it is known. */
  readonly total: number | null;
}

interface Work extends JobProgress {
  readonly failure: string | null;
}

/** For `onProgress` of the client's jobs. */
export function showProgress(bar: ProgressBar): (job: JobProgress) => void {
  return ({ state, done, total }) =>
    bar.show(total === null || total === 0 ? null : done / total, state === "QUEUED" ? "waiting for a worker" : "");
}

/** Shows a progress bar while `work` runs. */
export async function withProgress<Result>(context: Context, label: string, work: (bar: ProgressBar) => Promise<Result>): Promise<Result> {
  const bar = context.progress(label);
  try {
    return await work(bar);
  } finally {
    bar.end();
  }
}

/** Returns the job once it has succeeded. @throws PareidoliaError JOB_FAILED if it failed or was cancelled. */
export function followWork<Job extends Work>(context: Context, label: string, read: () => Promise<Job>): Promise<Job> {
  return withProgress(context, label, (bar) =>
    waitForJob(read, ["SUCCEEDED"], { signal: context.terminal.signal, onProgress: showProgress(bar) }),
  );
}
