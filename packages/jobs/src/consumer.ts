/** The consumer side of the queue: takes one job at a time from every queue and runs its task. */
import { openBoss } from "./boss.ts";
import { type JobData, type JobName, jobNames, type Tasks } from "./jobs.ts";
import type { QueueOptions } from "./queue.ts";

export interface ConsumerOptions extends QueueOptions {
  readonly tasks: Tasks;
}

export interface Consumer {
  /** Takes no more jobs and resolves when the active ones are done. Aborting them is up to the caller. */
  close(): Promise<void>;
}

/** Seconds between polls with notifications and without. */
const pollWhileListening = 5;
const pollOtherwise = 1;
/** Milliseconds that `close` waits for active jobs. */
const closeTimeout = 60_000;

/** @throws AppError UNAVAILABLE if Postgres does not answer. */
export async function openConsumer({ tasks, ...options }: ConsumerOptions): Promise<Consumer> {
  const boss = await openBoss({ ...options, consumes: true });
  const consume = async <Name extends JobName>(name: Name): Promise<void> => {
    const polling = { pollingIntervalSeconds: pollOtherwise, notifyPollingIntervalSeconds: pollWhileListening };
    let worker: string | null = null;
    worker = await boss.work<JobData[Name]>(name, polling, async (jobs) => {
      try {
        for (const job of jobs) await tasks[name](job.data);
      } finally {
        // Fetch the next job at once: several jobs enqueued in the meantime wake this worker only once.
        if (worker !== null) boss.notifyWorker(worker);
      }
    });
  };
  for (const name of jobNames) await consume(name);
  return { close: () => boss.stop({ graceful: true, timeout: closeTimeout }) };
}
