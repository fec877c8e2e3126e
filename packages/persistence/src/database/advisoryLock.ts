/** A lock that one process at a time holds. It lives on a connection of its own, since a pool would hand the lock to other work. */
import { connectDirectly } from "./connectionFailure.ts";

/** Returns null, without doing the work, while another process holds the lock. */
export async function withAdvisoryLock<T>(url: string, lock: string, work: () => Promise<T>): Promise<T | null> {
  const client = await connectDirectly(url);
  try {
    const { rows } = await client.query<{ held: boolean }>("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held", [lock]);
    return rows[0]?.held === true ? await work() : null;
  } finally {
    await client.end();
  }
}
