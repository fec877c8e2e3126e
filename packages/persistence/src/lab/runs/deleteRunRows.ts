/**
 * Deletes the rows of runs, with all rows that belong only to them. Stored images and genomes are objects that other rows may also name;
 * clean-ups remove objects that no row names.
 */
import type { Connection } from "../../server/database/database.ts";

const rowsAtOnce = 10_000;

function deleteSomeElites(connection: Connection, runId: string): Promise<number> {
  return connection.$executeRaw`
    DELETE FROM elites WHERE id IN (SELECT id FROM elites WHERE run_id = ${runId} LIMIT ${rowsAtOnce})`;
}

/** Deletes children before their parents, so that no reference to a parent has to be cleared first. */
function deleteSomeGenomes(connection: Connection, runId: string): Promise<number> {
  return connection.$executeRaw`
    DELETE FROM genomes WHERE id IN (SELECT id FROM genomes WHERE run_id = ${runId} ORDER BY generation DESC LIMIT ${rowsAtOnce})`;
}

/** Whatever the run's state. */
export async function deleteRunRows(connection: Connection, runId: string): Promise<void> {
  await repeatWhileFull(() => deleteSomeElites(connection, runId));
  await repeatWhileFull(() => deleteSomeGenomes(connection, runId));
  await connection.run.deleteMany({ where: { id: runId } });
}

/** Keeps each statement short: a large run has hundreds of thousands of elites, and the API cancels a statement after a few seconds. */
async function repeatWhileFull(deleteBatch: () => Promise<number>): Promise<void> {
  while ((await deleteBatch()) === rowsAtOnce);
}
