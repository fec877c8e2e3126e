/**
 * Leaky buckets of the costs of operations, shared by all processes of the API. One statement drains a bucket, adds to it and decides, so
 * parallel operations cannot exceed the limit.
 */
import type { Connection } from "../database/database.ts";

export interface CostLimit {
  /** The cost that fits into an empty bucket. */
  readonly limit: number;
  /** The cost that drains in a second. */
  readonly drainPerSecond: number;
}

export interface Spending {
  readonly key: string;
  /** Cost of operations that were accepted already; it is added even above the limit. */
  readonly spent: number;
  /** Cost of an operation that is accepted only if it fits. */
  readonly requested: number;
}

export interface BucketLevel {
  /** Including the requested cost, if it was accepted. */
  readonly level: number;
  readonly accepted: boolean;
}

export async function spendCost(
  connection: Connection,
  { key, spent, requested }: Spending,
  { limit, drainPerSecond }: CostLimit,
): Promise<BucketLevel> {
  const [row] = await connection.$queryRaw<BucketLevel[]>`
    INSERT INTO cost_buckets AS b (key, level, accepted, updated_at)
    SELECT ${key}, ${spent}::float8 + CASE WHEN fits THEN ${requested}::float8 ELSE 0 END, fits, clock_timestamp()
    FROM (SELECT ${spent}::float8 + ${requested}::float8 <= ${limit}::float8 AS fits) AS first
    ON CONFLICT (key) DO UPDATE SET (level, accepted, updated_at) = (
      SELECT rest + CASE WHEN rest + ${requested}::float8 <= ${limit}::float8 THEN ${requested}::float8 ELSE 0 END,
        rest + ${requested}::float8 <= ${limit}::float8, clock_timestamp()
      FROM (SELECT ${spent}::float8 + greatest(0, b.level -
        ${drainPerSecond}::float8 * greatest(0, extract(epoch FROM clock_timestamp() - b.updated_at)::float8)) AS rest) AS drained)
    RETURNING level, accepted`;
  return row ?? { level: spent, accepted: false };
}
