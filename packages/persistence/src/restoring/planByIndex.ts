/**
 * Lets the rest of a long transaction look rows up by index. Postgres has no statistics of the rows that a transaction adds, and plans that
 * it made while a table was small, such as those of foreign keys, stay: both would read whole tables for every row, so that twice as many
 * rows would take four times as long.
 */
import type { Connection } from "../database/database.ts";

export async function planByIndex(connection: Connection): Promise<void> {
  await connection.$executeRaw`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true)`;
  await connection.$executeRaw`DISCARD PLANS`;
}
