/** A Postgres advisory lock on its own connection: in a pool, other work would get the session that holds the lock. */
import { connectDirectly } from "./connectionFailure.ts";

/** Returns null without calling `work` while another process holds the lock. */
export async function withAdvisoryLock<T>(url: string, lock: string, work: () => Promise<T>): Promise<T | null> {
  const client = await connectDirectly(url);
  try {
    const { rows } = await client.query<{ held: boolean }>("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held", [lock]);
    return rows[0]?.held === true ? await work() : null;
  } finally {
    await client.end();
  }
}
