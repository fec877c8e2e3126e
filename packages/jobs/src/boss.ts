/** pg-boss as both sides of the queue use it: a schema of its own, one queue a job, each woken by a notification. */
import { AppError } from "@pareidolia/core/appError";
import { sessionSettings } from "@pareidolia/core/postgresSession";
import { PgBoss } from "pg-boss";
import { jobNames } from "./jobs.ts";

export interface BossOptions {
  readonly url: string;
  /** Consumers listen for new jobs and clear away old ones; producers do neither. */
  readonly consumes: boolean;
  /** What goes wrong between calls: a lost connection, a failed clean-up. The queue goes on by itself. */
  readonly onError?: (error: Error) => void;
}

export const bossSchema = "pareidolia_jobs";

const queueOptions = {
  // One waiting job a key; any number may be under way, since the claim decides.
  policy: "short",
  notify: true,
  retryLimit: 3,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  // A run takes as long as it takes. A worker that died is noticed by its missing heartbeat (and by its lease, sooner).
  expireInSeconds: 23 * 60 * 60,
  heartbeatSeconds: 30,
  deleteAfterSeconds: 60 * 60,
} as const;

/** Processes that start together create or update the queue's tables one after the other, so each may wait for a while. */
const limits = { lockSeconds: 30, silenceSeconds: 10 };

/** @throws AppError UNAVAILABLE when Postgres does not answer. */
export async function openBoss({ url, consumes, onError }: BossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    schema: bossSchema,
    application_name: "pareidolia-jobs",
    ...sessionSettings(limits),
    max: consumes ? 4 : 2,
    schedule: false,
    supervise: consumes,
    useListenNotify: consumes,
  });
  boss.on("error", (error) => onError?.(error));
  try {
    await boss.start();
    for (const name of jobNames) if ((await boss.getQueue(name)) === null) await boss.createQueue(name, queueOptions);
  } catch (cause) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw new AppError("UNAVAILABLE", "The job queue cannot be opened. Check that Postgres runs and that DATABASE_URL names it.", {
      cause,
    });
  }
  return boss;
}
