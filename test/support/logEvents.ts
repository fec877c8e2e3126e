/** Writes events into the log of a run, as a worker does: its number in the run's row, and the row of the log, in one transaction. */
import type { Database } from "@pareidolia/persistence/server/database/database";

export async function logEvents(database: Database, runId: string, count: number, kind = "PROGRESS", payload: object = {}): Promise<void> {
  for (let i = 0; i < count; i++)
    await database.transaction(async ({ connection }) => {
      const { eventSeq } = await connection.run.update({
        where: { id: runId },
        data: { eventSeq: { increment: 1 } },
        select: { eventSeq: true },
      });
      await connection.runEvent.create({ data: { runId, seq: eventSeq, kind, payload } });
      await connection.$executeRaw`SELECT pg_notify('pareidolia_run_events', ${`${runId}:${eventSeq}`})`;
    });
}
