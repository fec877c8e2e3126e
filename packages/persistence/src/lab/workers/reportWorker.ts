/** Writes a worker's own row: its registration, heartbeat, engine and end. Times are from the database's clock. */
import type { Connection } from "../../server/database/database.ts";

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

/** `engine` is the library, version and device, as an opened network reports them. */
export async function reportWorkerEngine(connection: Connection, id: string, engine: string): Promise<void> {
  await connection.worker.updateMany({ where: { id }, data: { engine } });
}

export async function reportWorkerStopped(connection: Connection, id: string): Promise<void> {
  await connection.$executeRaw`UPDATE workers SET stopped_at = now(), heartbeat_at = now() WHERE id = ${id}`;
}
