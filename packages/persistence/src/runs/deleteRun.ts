/**
 * Deletes runs that ended without finishing, with everything that belongs to them alone. Stored images and genomes are objects that other
 * rows may name too; the sweeper removes those that no row names any more.
 */
import { AppError } from "@pareidolia/core/appError";
import { canDelete, type RunState } from "@pareidolia/core/runState";
import type { Connection, Transaction } from "../database/database.ts";
import { inOrderOf } from "../database/inOrderOf.ts";

/** How many rows of each kind belong to a run. */
export interface RunContents {
  /** Every elite that ever held a niche. */
  readonly elites: number;
  readonly trajectories: number;
  readonly perturbations: number;
  /** Links of a chain; the networks that they trained are models of their own. */
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

/** Returns what was deleted with it. @throws AppError NOT_FOUND; CONFLICT when it finished or has not ended. */
export async function deleteRun({ connection }: Transaction, { runId }: { readonly runId: string }): Promise<RunContents> {
  const [run] = await connection.$queryRaw<{ number: number; state: RunState }[]>`
    SELECT number, state::text FROM runs WHERE id = ${runId} FOR UPDATE`;
  if (run === undefined) throw new AppError("NOT_FOUND", "There is no such run.");
  if (!canDelete(run.state)) throw refusal(run.number, run.state);
  const [contents = nothing] = await countRunContents(connection, [runId]);
  await deleteInBatches(
    (limit) => connection.$executeRaw`
      DELETE FROM elites WHERE id IN (SELECT id FROM elites WHERE run_id = ${runId} LIMIT ${limit})`,
  );
  // Children before their parents, so that no link to a parent has to be cleared first.
  await deleteInBatches(
    (limit) => connection.$executeRaw`
      DELETE FROM genomes WHERE id IN (SELECT id FROM genomes WHERE run_id = ${runId} ORDER BY generation DESC LIMIT ${limit})`,
  );
  await connection.$executeRaw`DELETE FROM runs WHERE id = ${runId}`;
  return contents;
}

/** Keeps each statement short: a large run has hundreds of thousands of elites, and the API cancels a statement after a few seconds. */
async function deleteInBatches(deleteSome: (limit: number) => Promise<number>): Promise<void> {
  while ((await deleteSome(rowsAtOnce)) === rowsAtOnce);
}
