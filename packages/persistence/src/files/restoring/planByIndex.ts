/**
 * Makes the rest of a long transaction look rows up by index. Postgres has no statistics about rows that the transaction has added, and
 * reuses plans that it made while a table was small, such as those of foreign keys. Either way it would scan whole tables for every row, and
 * the time would grow with the square of the rows.
 */
import type { Connection } from "../../server/database/database.ts";

export async function planByIndex(connection: Connection): Promise<void> {
  await connection.$executeRaw`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true)`;
  await connection.$executeRaw`DISCARD PLANS`;
}
