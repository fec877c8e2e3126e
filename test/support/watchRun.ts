/** Waits for a moment of a run that a worker's process computes. Such tests ask thousands of times, so it reads a few columns without Prisma. */
import pg from "pg";
import { vi } from "vitest";

interface RunMoment {
  readonly state: string;
  readonly generation: number;
  readonly evaluations: number;
  readonly workerId: string | null;
}

export interface RunWatch {
  /** @param interval Milliseconds between two questions; a test that kills a worker at a moment of its run asks often. */
  waitFor(runId: string, reached: (moment: RunMoment) => boolean, interval?: number): Promise<void>;
  waitForEnd(runId: string): Promise<void>;
  close(): Promise<void>;
}

const text = 'SELECT state::text, generation, evaluations::int, worker_id AS "workerId" FROM runs WHERE id = $1';
const timeout = 300_000;

export async function openRunWatch(databaseUrl: string): Promise<RunWatch> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const waitFor: RunWatch["waitFor"] = async (runId, reached, interval = 25) => {
    await vi.waitUntil(
      async () => {
        const { rows } = await client.query<RunMoment>({ name: "moment", text, values: [runId] });
        return rows[0] !== undefined && reached(rows[0]);
      },
      { timeout, interval },
    );
  };
  return {
    waitFor,
    waitForEnd: (runId) => waitFor(runId, ({ state }) => state !== "RUNNING" && state !== "QUEUED", 250),
    close: () => client.end(),
  };
}
