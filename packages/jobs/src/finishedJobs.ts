/** Deletes old rows of jobs that are completed, cancelled or failed. */
import type { SqlExecutor } from "@pareidolia/core/sqlExecutor";
import { bossSchema } from "./boss.ts";

export interface JobAmount {
  readonly count: number;
  readonly byteLength: number;
}

export interface FinishedJobsOptions {
  /** Jobs that finished less than this many seconds ago are kept. */
  readonly keepSeconds: number;
  readonly dryRun: boolean;
}

const nothing: JobAmount = { count: 0, byteLength: 0 };
const amount = `count(*)::int AS count, coalesce(sum(bytes), 0)::float8 AS "byteLength"`;
const finished = `state IN ('completed', 'cancelled', 'failed')`;
const old = `completed_on < now() - $1 * interval '1 second'`;

/** Returns the amount of jobs deleted (in a dry run: to be deleted) and of finished jobs still kept. */
export async function clearFinishedJobs(
  executor: SqlExecutor,
  { keepSeconds, dryRun }: FinishedJobsOptions,
): Promise<{ readonly removed: JobAmount; readonly waiting: JobAmount }> {
  const read = async (text: string): Promise<JobAmount> =>
    ((await executor.executeSql(text, [keepSeconds])).rows[0] as JobAmount | undefined) ?? nothing;
  const { rows } = await executor.executeSql("SELECT to_regclass($1) IS NOT NULL AS exists", [`${bossSchema}.job`]);
  // The table does not exist before the first start of a worker or the API.
  if ((rows[0] as { exists?: boolean } | undefined)?.exists !== true) return { removed: nothing, waiting: nothing };
  const measured = `SELECT ${amount} FROM (SELECT octet_length(j::text) AS bytes FROM ${bossSchema}.job j WHERE ${finished}`;
  const deleted = `WITH gone AS (DELETE FROM ${bossSchema}.job j WHERE ${finished} AND ${old} RETURNING octet_length(j::text) AS bytes)
    SELECT ${amount} FROM gone`;
  const removed = await read(dryRun ? `${measured} AND ${old}) m` : deleted);
  return { removed, waiting: await read(`${measured} AND (${old}) IS NOT TRUE) m`) };
}
