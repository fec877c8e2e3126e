/** Jobs that are done, cancelled or given up. Their rows are of no use after a while. */
import type { SqlExecutor } from "@pareidolia/core/sqlExecutor";
import { bossSchema } from "./boss.ts";

export interface JobAmount {
  readonly count: number;
  readonly byteLength: number;
}

export interface FinishedJobsOptions {
  /** Jobs that finished later than this stay. */
  readonly keepSeconds: number;
  readonly dryRun: boolean;
}

const nothing: JobAmount = { count: 0, byteLength: 0 };
const amount = `count(*)::int AS count, coalesce(sum(bytes), 0)::float8 AS "byteLength"`;
const finished = `state IN ('completed', 'cancelled', 'failed')`;
const old = `completed_on < now() - $1 * interval '1 second'`;

/** Returns the jobs that it deleted, or would delete in a dry run, and those that it kept. */
export async function clearFinishedJobs(
  executor: SqlExecutor,
  { keepSeconds, dryRun }: FinishedJobsOptions,
): Promise<{ readonly removed: JobAmount; readonly waiting: JobAmount }> {
  const read = async (text: string): Promise<JobAmount> =>
    ((await executor.executeSql(text, [keepSeconds])).rows[0] as JobAmount | undefined) ?? nothing;
  const { rows } = await executor.executeSql("SELECT to_regclass($1) IS NOT NULL AS exists", [`${bossSchema}.job`]);
  // The first worker or API creates the table.
  if ((rows[0] as { exists?: boolean } | undefined)?.exists !== true) return { removed: nothing, waiting: nothing };
  const measured = `SELECT ${amount} FROM (SELECT octet_length(j::text) AS bytes FROM ${bossSchema}.job j WHERE ${finished}`;
  const deleted = `WITH gone AS (DELETE FROM ${bossSchema}.job j WHERE ${finished} AND ${old} RETURNING octet_length(j::text) AS bytes)
    SELECT ${amount} FROM gone`;
  const removed = await read(dryRun ? `${measured} AND ${old}) m` : deleted);
  return { removed, waiting: await read(`${measured} AND (${old}) IS NOT TRUE) m`) };
}
