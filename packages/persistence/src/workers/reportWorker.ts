/** The list of workers, as they report themselves. Times are the database's. */
import type { Connection } from "../database/database.ts";

export interface NewWorker {
  readonly id: string;
  readonly host: string;
  readonly processId: number;
  readonly engine: string;
}

export async function registerWorker(connection: Connection, { id, host, processId, engine }: NewWorker): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO workers (id, host, process_id, engine, heartbeat_at) VALUES (${id}, ${host}, ${processId}, ${engine}, now())`;
}

export async function reportWorkerAlive(connection: Connection, id: string): Promise<void> {
  await connection.$executeRaw`UPDATE workers SET heartbeat_at = now() WHERE id = ${id}`;
}

/** The engine as an opened network names it: library, version and device. */
export async function reportWorkerEngine(connection: Connection, id: string, engine: string): Promise<void> {
  await connection.$executeRaw`UPDATE workers SET engine = ${engine} WHERE id = ${id}`;
}

export async function reportWorkerStopped(connection: Connection, id: string): Promise<void> {
  await connection.$executeRaw`UPDATE workers SET stopped_at = now(), heartbeat_at = now() WHERE id = ${id}`;
}
