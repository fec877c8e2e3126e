/**
 * Deletes runs that ended without success, with all rows that belong only to them. Stored images and genomes are objects that other rows may
 * also name; clean-ups remove objects that no row names.
 */
import { AppError } from "@pareidolia/core/appError";
import { canDelete, type RunState } from "@pareidolia/core/runState";
import type { Connection, Transaction } from "../database/database.ts";
import { inOrderOf } from "../database/inOrderOf.ts";

/** How many rows of each kind belong to a run. */
export interface RunContents {
  /** Current and replaced elites. */
  readonly elites: number;
  readonly trajectories: number;
  readonly perturbations: number;
  /** Links of a chain, without the models that they trained. */
  readonly links: number;
  readonly analyses: number;
}

const rowsAtOnce = 10_000;
const nothing: RunContents = { elites: 0, trajectories: 0, perturbations: 0, links: 0, analyses: 0 };

export async function countRunContents(connection: Connection, runIds: readonly string[]): Promise<RunContents[]> {
  const rows = await connection.$queryRaw<(RunContents & { runId: string })[]>`
    SELECT run.id AS "runId",
      (SELECT count(*)::int FROM elites e WHERE e.run_id = run.id) AS elites,
      (SELECT count(*)::int FROM trajectories t WHERE t.run_id = run.id) AS trajectories,
      (SELECT count(*)::int FROM perturbations p WHERE p.run_id = run.id) AS perturbations,
      (SELECT count(*)::int FROM chain_links l WHERE l.run_id = run.id) AS links,
      (SELECT count(*)::int FROM analyses a WHERE a.run_id = run.id) AS analyses
    FROM unnest(${[...runIds]}::text[]) AS run(id)`;
  return inOrderOf(runIds, rows, (row) => row.runId).map((row) => {
    if (row === null) return nothing;
    const { runId: _, ...contents } = row;
    return contents;
  });
}

function refusal(number: number, state: RunState): AppError {
  const why =
    state === "SUCCEEDED"
      ? "has finished. Only runs that failed or were cancelled can be deleted."
      : "has not ended yet. Cancel it first, then delete it.";
  return new AppError("CONFLICT", `RUN-${number} ${why}`);
}

/** Null for an unknown run. */
async function lockRun(connection: Connection, runId: string): Promise<{ readonly number: number; readonly state: RunState } | null> {
  const [run] = await connection.$queryRaw<{ number: number; state: RunState }[]>`
    SELECT number, state::text FROM runs WHERE id = ${runId} FOR UPDATE`;
  return run ?? null;
}

function deleteSomeElites(connection: Connection, runId: string): Promise<number> {
  return connection.$executeRaw`
    DELETE FROM elites WHERE id IN (SELECT id FROM elites WHERE run_id = ${runId} LIMIT ${rowsAtOnce})`;
}

/** Deletes children before their parents, so that no reference to a parent has to be cleared first. */
function deleteSomeGenomes(connection: Connection, runId: string): Promise<number> {
  return connection.$executeRaw`
    DELETE FROM genomes WHERE id IN (SELECT id FROM genomes WHERE run_id = ${runId} ORDER BY generation DESC LIMIT ${rowsAtOnce})`;
}

/** Returns the numbers of deleted rows. @throws AppError NOT_FOUND; CONFLICT when the run succeeded or has not ended. */
export async function deleteRun({ connection }: Transaction, { runId }: { readonly runId: string }): Promise<RunContents> {
  const run = await lockRun(connection, runId);
  if (run === null) throw new AppError("NOT_FOUND", "There is no such run.");
  if (!canDelete(run.state)) throw refusal(run.number, run.state);
  const [contents = nothing] = await countRunContents(connection, [runId]);
  await deleteRunRows(connection, runId);
  return contents;
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
