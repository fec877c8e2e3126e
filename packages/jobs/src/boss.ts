/** Opens pg-boss for producers and consumers: in its own schema, with one queue per job and notifications for new jobs. */
import { AppError } from "@pareidolia/core/appError";
import { sessionSettings } from "@pareidolia/core/postgresSession";
import { PgBoss } from "pg-boss";
import { jobNames } from "./jobs.ts";

export interface BossOptions {
  readonly url: string;
  /** Consumers listen for new jobs and delete old ones; producers do neither. */
  readonly consumes: boolean;
  /** Receives errors between calls, such as a lost connection or a failed clean-up. The queue recovers by itself. */
  readonly onError?: (error: Error) => void;
  /** The driver's class of connections. The default ends the process if a connection is lost between the pool and a statement. */
  readonly Client?: unknown;
}

export const bossSchema = "pareidolia_jobs";

const queueOptions = {
  // At most one waiting job per key. Any number may be active: the claim on the row decides which one does the work.
  policy: "short",
  notify: true,
  retryLimit: 3,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  // Runs have no time limit. A dead worker is detected by its missing heartbeat (and earlier by its lease).
  expireInSeconds: 23 * 60 * 60,
  heartbeatSeconds: 30,
  deleteAfterSeconds: 60 * 60,
} as const;

/** Processes that start together create or update the queue's tables in turn, so each may wait for the lock. */
const limits = { lockSeconds: 30, silenceSeconds: 10 };

/** @throws AppError UNAVAILABLE if Postgres does not answer. */
export async function openBoss({ url, consumes, onError, Client }: BossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    schema: bossSchema,
    // A migration creates it: the application's role may not.
    createSchema: false,
    application_name: "pareidolia-jobs",
    ...sessionSettings(limits),
    ...(Client === undefined ? {} : { Client }),
    max: consumes ? 4 : 2,
    schedule: false,
    supervise: consumes,
    useListenNotify: consumes,
  });
  boss.on("error", (error) => onError?.(error));
  try {
    await boss.start();
    const existing = new Set((await boss.getQueues([...jobNames])).map(({ name }) => name));
    for (const name of jobNames) if (!existing.has(name)) await boss.createQueue(name, queueOptions);
  } catch (cause) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw new AppError("UNAVAILABLE", "Cannot open the job queue. Check that Postgres is running and that DATABASE_URL is correct.", {
      cause,
    });
  }
  return boss;
}
