/** Reads workers. The database's clock decides which are alive. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";

export interface WorkerRecord {
  readonly id: string;
  readonly host: string;
  readonly engine: string;
  readonly startedAt: Date;
  readonly heartbeatAt: Date;
  readonly alive: boolean;
}

const maxSilence = "15 seconds";

/** A killed worker stays in the list, as not alive, for this long, so that users notice the loss. */
const listedSilence = "1 minute";

const maxWorkers = 200;

const select = Prisma.sql`
  SELECT w.id, w.host, w.engine, w.started_at AS "startedAt", w.heartbeat_at AS "heartbeatAt",
    (w.stopped_at IS NULL AND w.heartbeat_at > now() - ${maxSilence}::interval) AS alive
  FROM workers w`;

export function listWorkers(connection: Connection): Promise<WorkerRecord[]> {
  return connection.$queryRaw<WorkerRecord[]>(
    Prisma.sql`${select} WHERE w.stopped_at IS NULL AND w.heartbeat_at > now() - ${listedSilence}::interval
      ORDER BY w.started_at DESC, w.id LIMIT ${maxWorkers}`,
  );
}

export async function findWorkers(connection: Connection, ids: readonly string[]): Promise<(WorkerRecord | null)[]> {
  const rows = await connection.$queryRaw<WorkerRecord[]>(Prisma.sql`${select} WHERE w.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, (row) => row.id);
}
