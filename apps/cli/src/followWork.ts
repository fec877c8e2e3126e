/** Follows a job of the server by reading it again until it ends, with a progress bar. */
import type { Context } from "./context.ts";
import { CliError } from "./failure.ts";

export interface Work {
  readonly state: string;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
}

const firstPause = 250;
const longestPause = 2_000;

/**
 * Returns the job in the first state that is not one of `waiting`. @throws CliError if it failed or was cancelled meanwhile.
 */
export async function followWork<Job extends Work>(
  context: Context,
  label: string,
  waiting: readonly string[],
  read: () => Promise<Job>,
): Promise<Job> {
  const bar = context.progress(label);
  try {
    for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.5)) {
      const job = await read();
      if (!waiting.includes(job.state)) {
        if (job.state === "FAILED") throw new CliError("failedWork", `${label}: it failed. ${job.failure ?? ""}`.trim());
        if (job.state === "CANCELLED") throw new CliError("failedWork", `${label}: a member cancelled it.`);
        return job;
      }
      const share = job.total === null || job.total === 0 ? null : job.done / job.total;
      bar.show(share, job.state === "QUEUED" ? "waiting for a worker" : "");
      await context.pause(pause);
    }
  } finally {
    bar.end();
  }
}

/** All pages of a connection in one list, at most `limit` rows. */
export async function readAll<Row>(
  readPage: (
    after: string | null,
  ) => Promise<{
    readonly nodes: readonly Row[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  }>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await readPage(after);
    rows.push(...nodes);
    const next: string | null = pageInfo.endCursor ?? null;
    if (!pageInfo.hasNextPage || next === null || rows.length >= limit) return rows.slice(0, limit);
    after = next;
  }
}
