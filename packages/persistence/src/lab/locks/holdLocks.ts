/**
 * Orders the changes of locks and of the trash. Members who lock, trash, restore or discard in one workspace do so one after the other; any
 * number of other changes may run meanwhile, each of which checked the locks first. Take it before any row: a transaction that holds a row and
 * then waits here could wait for itself.
 */
import type { Connection } from "../../server/database/database.ts";

const keyOf = (workspaceId: string): string => `locks ${workspaceId}`;

/** For changes that respect locks: until the transaction ends, no member changes them. */
export async function holdLocks(connection: Connection, workspaceId: string): Promise<void> {
  await connection.$queryRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${keyOf(workspaceId)}, 0))::text`;
}

/** For changes of locks and of the trash. */
export async function changeLocks(connection: Connection, workspaceId: string): Promise<void> {
  await connection.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${keyOf(workspaceId)}, 0))::text`;
}
