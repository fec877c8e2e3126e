/** The producer side of the queue: enqueues a job inside the caller's transaction, so job and row are committed together or not at all. */
import type { SqlExecutor } from "@pareidolia/core/sqlExecutor";
import { type BossOptions, bossSchema, openBoss } from "./boss.ts";
import { type JobData, type JobName, jobDefinitions } from "./jobs.ts";

export interface Queue {
  /** Takes effect and wakes a worker when the transaction commits. Does nothing if a job with the same key is waiting. */
  enqueue<Name extends JobName>(transaction: SqlExecutor, name: Name, data: JobData[Name], options?: EnqueueOptions): Promise<void>;
  /** As `enqueue`, for any number of jobs by one statement. */
  enqueueAll<Name extends JobName>(transaction: SqlExecutor, name: Name, data: readonly JobData[Name][]): Promise<void>;
  /** Status of the last job with the key: waiting or active, failed after all retries, or absent (never enqueued, done or deleted). */
  statusOf<Name extends JobName>(transaction: SqlExecutor, name: Name, data: JobData[Name]): Promise<JobStatus>;
  /** The jobs with the key that failed for good since the last one that was done, as far as the queue still has them. */
  failuresOf<Name extends JobName>(transaction: SqlExecutor, name: Name, data: JobData[Name]): Promise<JobFailures>;
  close(): Promise<void>;
}

export interface EnqueueOptions {
  /** Workers take the job after this time. Default: 0. */
  readonly delaySeconds?: number;
}

export interface JobFailures {
  readonly count: number;
  /** Seconds since the last failure; 0 if there was none. */
  readonly secondsAgo: number;
}

export type JobStatus = "pending" | "failed" | "absent";

export type QueueOptions = Omit<BossOptions, "consumes">;

/** @throws AppError UNAVAILABLE if Postgres does not answer. */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const boss = await openBoss({ ...options, consumes: false });
  const within = (transaction: SqlExecutor) => ({
    executeSql: async (text: string, values?: unknown[]) => {
      const { rows } = await transaction.executeSql(text, values ?? []);
      return { rows };
    },
  });
  return {
    async enqueue(transaction, name, data, { delaySeconds = 0 } = {}) {
      const singletonKey = jobDefinitions[name].keyOf(data);
      await boss.send(name, data, { singletonKey, startAfter: delaySeconds, db: within(transaction) });
    },
    async enqueueAll(transaction, name, data) {
      const jobs = data.map((each) => ({ data: each, singletonKey: jobDefinitions[name].keyOf(each) }));
      if (jobs.length > 0) await boss.insert(name, jobs, { db: within(transaction) });
    },
    async statusOf(transaction, name, data) {
      const { rows } = await transaction.executeSql(
        `SELECT state::text FROM ${bossSchema}.job WHERE name = $1 AND singleton_key = $2 ORDER BY created_on DESC LIMIT 1`,
        [name, jobDefinitions[name].keyOf(data)],
      );
      const { state } = (rows[0] ?? {}) as { state?: string };
      if (state === "created" || state === "retry" || state === "active") return "pending";
      return state === "failed" ? "failed" : "absent";
    },
    async failuresOf(transaction, name, data) {
      const { rows } = await transaction.executeSql(
        `SELECT count(*)::int AS count, coalesce(extract(epoch FROM now() - max(coalesce(completed_on, created_on))), 0)::float8 AS "secondsAgo"
        FROM ${bossSchema}.job WHERE name = $1 AND singleton_key = $2 AND state = 'failed' AND created_on > coalesce((
          SELECT max(created_on) FROM ${bossSchema}.job WHERE name = $1 AND singleton_key = $2 AND state = 'completed'), '-infinity')`,
        [name, jobDefinitions[name].keyOf(data)],
      );
      return rows[0] as unknown as JobFailures;
    },
    close: () => boss.stop({ graceful: false }),
  };
}
