/**
 * Moves runs and experiments to the trash and back. Nothing in the trash is found anywhere else, but its rows stay, so that a restored run is
 * the same as before. Only what cannot wait is stopped: a running run is cancelled, and so are the analyses of trashed runs. A queued run is
 * not started, and is queued again when it is restored.
 */
import { AppError } from "@pareidolia/core/appError";
import type { RunState } from "@pareidolia/core/runState";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { lockedError, lockOf } from "../locks/assertUnlocked.ts";
import { changeLocks } from "../locks/holdLocks.ts";
import type { Refusal } from "../locks/setLocks.ts";
import { notifyHolder } from "../workers/notifyHolder.ts";
import { lockTrashExperiments, lockTrashRuns, type TrashExperiment, type TrashRun } from "./lockTrashed.ts";

export interface TrashChange {
  readonly workspaceId: string;
  /** Null for a retention rule. */
  readonly userId: string | null;
  readonly ids: readonly string[];
}

export interface ChangedRun {
  readonly id: string;
  readonly number: number;
  /** Before the change. */
  readonly state: RunState;
}

export interface ChangedExperiment {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  /** That went to the trash with it, or came back with it. */
  readonly runs: readonly ChangedRun[];
}

export interface Outcome<Changed> {
  readonly changed: readonly Changed[];
  readonly refused: readonly Refusal[];
}

const missing = (noun: string): AppError => new AppError("NOT_FOUND", `There is no such ${noun}.`);
const busy = (number: number): AppError =>
  new AppError("CONFLICT", `RUN-${number} is saving a large checkpoint. Try again in a few seconds.`);

/** Sorts the requested ids into those to change, those that need no change, and those refused. */
function sortOut<Row extends { readonly id: string }>(
  ids: readonly string[],
  rows: readonly Row[],
  noun: string,
  refusalOf: (row: Row) => AppError | null,
): { readonly accepted: readonly Row[]; readonly refused: readonly Refusal[] } {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const refused = ids.flatMap((id): Refusal[] => {
    const row = byId.get(id);
    const error = row === undefined ? missing(noun) : refusalOf(row);
    return error === null ? [] : [{ id, error }];
  });
  const refusedIds = new Set(refused.map(({ id }) => id));
  return { accepted: rows.filter(({ id }) => !refusedIds.has(id)), refused };
}

function lockRefusal(run: TrashRun): AppError | null {
  const lock = lockOf(run);
  return lock === null ? null : lockedError(lock);
}

/** Cancels the analyses of these runs, and notifies the workers of runs and analyses. */
async function stopWorkOf(connection: Connection, runs: readonly TrashRun[]): Promise<void> {
  const analyses = await connection.$queryRaw<{ id: string }[]>`
    WITH stopped AS (SELECT id, state FROM analyses WHERE run_id = ANY (${runs.map(({ id }) => id)}) AND state IN ('QUEUED', 'RUNNING') FOR UPDATE)
    UPDATE analyses a SET state = 'CANCELLED', claim_token = NULL, ended_at = now() FROM stopped s WHERE s.id = a.id RETURNING a.id`;
  for (const { id } of analyses) await notifyHolder(connection, id);
  for (const { id, state } of runs) if (state === "RUNNING") await notifyHolder(connection, id);
}

async function markRuns(connection: Connection, runs: readonly TrashRun[], userId: string | null, withExperiment: boolean): Promise<void> {
  await connection.$executeRaw`
    UPDATE runs SET trashed_at = now(), trashed_by_id = ${userId}, trashed_with_experiment = ${withExperiment},
      control = CASE WHEN state = 'RUNNING' THEN 'CANCEL' ELSE control END
    WHERE id = ANY (${runs.map(({ id }) => id)})`;
  await stopWorkOf(connection, runs);
}

/** Runs that are in the trash already stay as they are. Refuses unknown and locked runs. */
export async function trashRuns({ connection }: Transaction, { workspaceId, userId, ids }: TrashChange): Promise<Outcome<ChangedRun>> {
  await changeLocks(connection, workspaceId);
  const known = await connection.run.findMany({ where: { id: { in: [...ids] }, workspaceId }, select: { id: true, number: true } });
  const rows = await lockTrashRuns(connection, workspaceId, { runIds: ids });
  const free = new Set(rows.map(({ id }) => id));
  const waiting = known.filter(({ id }) => !free.has(id)).map(({ id, number }) => ({ id, error: busy(number) }));
  const busyIds = new Set(waiting.map(({ id }) => id));
  const { accepted, refused } = sortOut(
    ids.filter((id) => !busyIds.has(id)),
    rows,
    "run",
    lockRefusal,
  );
  const changed = accepted.filter(({ trashedAt }) => trashedAt === null);
  if (changed.length > 0) await markRuns(connection, changed, userId, false);
  return { changed, refused: [...refused, ...waiting] };
}

function restoreRefusal(run: TrashRun): AppError | null {
  const { number, experimentNumber, trashedAt, discardedAt, experimentTrashedAt } = run;
  if (trashedAt === null) return null;
  if (discardedAt !== null) return missing("run");
  if (experimentTrashedAt !== null)
    return new AppError(
      "CONFLICT",
      `RUN-${number} belongs to EXP-${experimentNumber}, which is in the trash. Restore EXP-${experimentNumber}.`,
    );
  return lockRefusal(run);
}

async function unmarkRuns(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection.$executeRaw`
    UPDATE runs SET trashed_at = NULL, trashed_by_id = NULL, trashed_with_experiment = false WHERE id = ANY (${[...ids]})`;
}

/** Runs outside the trash stay as they are. The caller enqueues the jobs of restored runs that are QUEUED, in the same transaction. */
export async function restoreRuns({ connection }: Transaction, { workspaceId, ids }: TrashChange): Promise<Outcome<ChangedRun>> {
  await changeLocks(connection, workspaceId);
  const rows = await lockTrashRuns(connection, workspaceId, { runIds: ids });
  const { accepted, refused } = sortOut(ids, rows, "run", restoreRefusal);
  const changed = accepted.filter(({ trashedAt }) => trashedAt !== null);
  await unmarkRuns(
    connection,
    changed.map(({ id }) => id),
  );
  return { changed, refused };
}

/** The first lock of the experiment or of one of its runs outside the trash. */
function experimentRefusal({ number, lockedAt, lockedBy }: TrashExperiment, runs: readonly TrashRun[]): AppError | null {
  const key = `EXP-${number}`;
  if (lockedAt !== null) return lockedError({ key, lockedKey: key, lockedAt, lockedBy });
  const locked = runs.find((run) => run.lockedAt !== null && run.trashedAt === null);
  if (locked === undefined) return null;
  const who = locked.lockedBy ?? "A former member";
  return new AppError("CONFLICT", `${key} contains RUN-${locked.number}, which ${who} locked. Unlock RUN-${locked.number} to change it.`);
}

/** With the runs that are not in the trash yet. Refuses experiments that are locked or contain a locked run. */
export async function trashExperiments(
  { connection }: Transaction,
  { workspaceId, userId, ids }: TrashChange,
): Promise<Outcome<ChangedExperiment>> {
  await changeLocks(connection, workspaceId);
  const rows = await lockTrashExperiments(connection, workspaceId, ids);
  const runs = await lockTrashRuns(connection, workspaceId, { experimentIds: rows.map(({ id }) => id) });
  const counts = await connection.$queryRaw<{ experimentId: string; runs: number }[]>`
    SELECT experiment_id AS "experimentId", count(*)::int AS runs FROM runs WHERE experiment_id = ANY (${rows.map(({ id }) => id)}) GROUP BY experiment_id`;
  const countOf = new Map(counts.map((count) => [count.experimentId, count.runs]));
  const runsOf = (id: string) => runs.filter(({ experimentId }) => experimentId === id);
  const { accepted, refused } = sortOut(ids, rows, "experiment", (row) => {
    if ((countOf.get(row.id) ?? 0) > runsOf(row.id).length)
      return new AppError("CONFLICT", `A run of EXP-${row.number} is saving a large checkpoint. Try again in a few seconds.`);
    return experimentRefusal(row, runsOf(row.id));
  });
  const changed = accepted.filter(({ trashedAt }) => trashedAt === null);
  const live = changed.flatMap(({ id }) => runsOf(id).filter(({ trashedAt }) => trashedAt === null));
  if (live.length > 0) await markRuns(connection, live, userId, true);
  await connection.$executeRaw`
    UPDATE experiments SET trashed_at = now(), trashed_by_id = ${userId} WHERE id = ANY (${changed.map(({ id }) => id)})`;
  return { changed: changed.map((row) => ({ ...row, runs: live.filter(({ experimentId }) => experimentId === row.id) })), refused };
}

/** With the runs that went to the trash with it. Those that were trashed before stay there. The caller enqueues jobs as for `restoreRuns`. */
export async function restoreExperiments(
  { connection }: Transaction,
  { workspaceId, ids }: TrashChange,
): Promise<Outcome<ChangedExperiment>> {
  await changeLocks(connection, workspaceId);
  const rows = await lockTrashExperiments(connection, workspaceId, ids);
  const { accepted, refused } = sortOut(ids, rows, "experiment", ({ discardedAt }) =>
    discardedAt === null ? null : missing("experiment"),
  );
  const changed = accepted.filter(({ trashedAt }) => trashedAt !== null);
  const changedIds = changed.map(({ id }) => id);
  const runs = (await lockTrashRuns(connection, workspaceId, { experimentIds: changedIds })).filter((run) => run.trashedWithExperiment);
  await connection.$executeRaw`UPDATE experiments SET trashed_at = NULL, trashed_by_id = NULL WHERE id = ANY (${changedIds})`;
  await unmarkRuns(
    connection,
    runs.map(({ id }) => id),
  );
  return { changed: changed.map((row) => ({ ...row, runs: runs.filter(({ experimentId }) => experimentId === row.id) })), refused };
}
