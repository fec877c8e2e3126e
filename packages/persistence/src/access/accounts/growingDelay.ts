/** Attempts that wait longer after each failure. One statement counts and decides, so parallel attempts cannot exceed the limit. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

export interface GrowingDelay {
  /** Attempts without a delay. */
  readonly free: number;
  /** Before the next attempt; it doubles with each further one. */
  readonly firstSeconds: number;
  readonly maxSeconds: number;
  /** The count starts again at 0 this long after the last attempt. At most the grace period of the clean-up `rate-limits`. */
  readonly resetSeconds: number;
}

/** How long to wait after the last attempt, for `rate_limits l`. */
function waitAfter({ free, firstSeconds, maxSeconds }: GrowingDelay): Prisma.Sql {
  return Prisma.sql`CASE WHEN l.attempts < ${free}::int THEN interval '0'
    ELSE least(${maxSeconds}::int, ${firstSeconds}::int * power(2, least(l.attempts - ${free}::int, 30))) * interval '1 second' END`;
}

/** Returns the seconds to wait, or 0 if the attempt may be checked. An attempt made too early is not counted, so it prolongs nothing. */
export async function countDelayedAttempt(connection: Connection, key: string, delay: GrowingDelay): Promise<number> {
  const counted = await connection.$queryRaw<{ attempts: number }[]>`
    INSERT INTO rate_limits AS l (key, attempts, window_started_at) VALUES (${key}, 1, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET
      attempts = CASE WHEN l.window_started_at > clock_timestamp() - ${delay.resetSeconds}::int * interval '1 second' THEN l.attempts + 1 ELSE 1 END,
      window_started_at = clock_timestamp()
    WHERE l.attempts < ${delay.free}::int OR l.window_started_at + ${waitAfter(delay)} <= clock_timestamp()
    RETURNING attempts`;
  if (counted.length > 0) return 0;
  const [row] = await connection.$queryRaw<{ secondsLeft: number }[]>`
    SELECT greatest(1, ceil(extract(epoch FROM l.window_started_at + ${waitAfter(delay)} - clock_timestamp())))::int AS "secondsLeft"
    FROM rate_limits l WHERE key = ${key}`;
  return row?.secondsLeft ?? 1;
}

/** Forgets attempts after a success, or once they no longer matter. */
export async function forgetAttempts(connection: Connection, keys: readonly string[]): Promise<void> {
  await connection.rateLimit.deleteMany({ where: { key: { in: [...keys] } } });
}
