/**
 * Summarises the stored images of copied archives, generation by generation. The worker summarises those that it computes, with
 * the same results (`evolution/storedConfidences`).
 */
import type { Connection } from "../../server/database/database.ts";

/** Of a run that has its elites. A generation of which images are missing gets no statistics. */
export async function summariseGenerations(connection: Connection, runId: string): Promise<void> {
  await connection.$executeRaw`
    UPDATE generations g SET (median, mean, minimum, maximum) = (s.median, s.mean, s.minimum, s.maximum)
    FROM statistics_of_stored_images(${runId}) s WHERE g.run_id = ${runId} AND g.generation = s.at`;
}
