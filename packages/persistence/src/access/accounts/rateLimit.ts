/** Counts attempts within a window of time. One statement counts and decides, so parallel attempts cannot exceed the limit. */
import type { Connection } from "../../server/database/database.ts";

export interface AttemptsSoFar {
  /** Attempts in the current window, these included. */
  readonly attempts: number;
  /** Seconds until the window ends, rounded up. */
  readonly secondsLeft: number;
}

/** Counts `times` attempts at once. */
export async function countAttempt(connection: Connection, key: string, windowSeconds: number, times = 1): Promise<AttemptsSoFar> {
  const [row] = await connection.$queryRaw<AttemptsSoFar[]>`
    INSERT INTO rate_limits AS l (key, attempts, window_started_at) VALUES (${key}, ${times}::int, now())
    ON CONFLICT (key) DO UPDATE SET
      attempts = CASE WHEN l.window_started_at > now() - ${windowSeconds} * interval '1 second' THEN l.attempts + ${times}::int ELSE ${times}::int END,
      window_started_at = CASE WHEN l.window_started_at > now() - ${windowSeconds} * interval '1 second' THEN l.window_started_at ELSE now() END
    RETURNING attempts,
      ceil(extract(epoch FROM window_started_at + ${windowSeconds} * interval '1 second' - now()))::int AS "secondsLeft"`;
  return row ?? { attempts: times, secondsLeft: windowSeconds };
}
