/**
 * Processor time of a database's backends and of this process, which does not count the time of other programs on the machine. Linux only.
 */
import { readFile } from "node:fs/promises";
import { withClient } from "../../support/postgresServer.ts";

export interface ProcessorClock {
  /** Milliseconds so far; NaN where the system does not tell. */
  read(): Promise<number>;
}

/** Nanoseconds that a process has run: the first number of its file schedstat. */
async function timeOfProcess(pid: number): Promise<number> {
  return Number((await readFile(`/proc/${pid}/schedstat`, "utf8")).split(" ")[0]);
}

/** Backends that start later, such as those of parallel plans, do not count. */
export async function openProcessorClock(url: string): Promise<ProcessorClock> {
  const pids = await withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    return rows.map(({ pid }) => pid);
  });
  /** A backend that has ended keeps its last time. */
  const times = new Map<number, number>();
  return {
    async read() {
      const { user, system } = process.cpuUsage();
      for (const pid of pids)
        try {
          times.set(pid, await timeOfProcess(pid));
        } catch {}
      return times.size === 0 ? Number.NaN : (user + system) / 1e3 + [...times.values()].reduce((sum, time) => sum + time, 0) / 1e6;
    },
  };
}
