/** Attempts that must wait longer after each failure. One statement counts and decides, so parallel attempts cannot exceed the limit. */
import type { Connection } from "../database/database.ts";

export interface GrowingDelay {
  /** Attempts without a delay. */
  readonly free: number;
  /** Before the first attempt after those; it doubles with each further one. */
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  /** Attempts count from 0 again this long after the last one. At most the grace period of the clean-up `rate-limits`. */
  readonly forgottenAfterSeconds: number;
}

/** Returns the seconds to wait, or 0 if the attempt may be checked. An attempt that must wait is not counted, so it prolongs nothing. */
export async function countDelayedAttempt(connection: Connection, key: string, delay: GrowingDelay): Promise<number> {
  const { free, firstSeconds, longestSeconds, forgottenAfterSeconds } = delay;
  const counted = await connection.$queryRaw<{ attempts: number }[]>`
    INSERT INTO rate_limits AS l (key, attempts, window_started_at) VALUES (${key}, 1, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET
      attempts = CASE WHEN l.window_started_at > clock_timestamp() - ${forgottenAfterSeconds}::int * interval '1 second' THEN l.attempts + 1 ELSE 1 END,
      window_started_at = clock_timestamp()
    WHERE l.attempts < ${free}::int OR l.window_started_at <= clock_timestamp()
      - least(${longestSeconds}::int, ${firstSeconds}::int * power(2, least(l.attempts - ${free}::int, 30))) * interval '1 second'
    RETURNING attempts`;
  if (counted.length > 0) return 0;
  const [row] = await connection.$queryRaw<{ secondsLeft: number }[]>`
    SELECT greatest(1, ceil(extract(epoch FROM window_started_at - clock_timestamp())
      + least(${longestSeconds}::int, ${firstSeconds}::int * power(2, least(greatest(attempts - ${free}::int, 0), 30)))))::int AS "secondsLeft"
    FROM rate_limits WHERE key = ${key}`;
  return row?.secondsLeft ?? 1;
}

/** After a success, or a change that makes earlier attempts irrelevant. */
export async function forgetAttempts(connection: Connection, keys: readonly string[]): Promise<void> {
  await connection.rateLimit.deleteMany({ where: { key: { in: [...keys] } } });
}
