/**
 * Deletes from the trash for good, in two steps: a request marks rows, which no member sees from then on, and a worker deletes them in short
 * statements, since a run may have a million rows. Stored images and genomes are objects that other rows may name as well; clean-ups remove
 * those that no row names.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Database, Transaction } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { lockedError, lockOf } from "../locks/assertUnlocked.ts";
import { changeLocks } from "../locks/holdLocks.ts";
import type { Refusal } from "../locks/setLocks.ts";
import { deleteRunRows } from "../runs/deleteRunRows.ts";
import { lockTrashExperiments, lockTrashRuns, type TrashRun } from "./lockTrashed.ts";

export interface Discarded {
  readonly experiments: readonly { readonly id: string; readonly number: number; readonly name: string; readonly runs: number }[];
  /** Those of these experiments are not repeated. */
  readonly runs: readonly { readonly id: string; readonly number: number }[];
  readonly refused: readonly Refusal[];
}

export interface DiscardRequest {
  readonly workspaceId: string;
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
}

function refusalOf(run: TrashRun): AppError | null {
  if (run.trashedAt === null) return new AppError("CONFLICT", `RUN-${run.number} is not in the trash. Move it there first.`);
  if (run.state === "RUNNING") return new AppError("CONFLICT", `RUN-${run.number} is still being cancelled. Try again in a few seconds.`);
  const lock = lockOf(run);
  return lock === null ? null : lockedError(lock);
}

/** Marks runs and experiments, with all their runs. Refuses what is not in the trash, what is still being cancelled, and what is locked. */
export async function discard({ connection }: Transaction, { workspaceId, runIds, experimentIds }: DiscardRequest): Promise<Discarded> {
  await changeLocks(connection, workspaceId);
  const refused: Refusal[] = [];
  const experiments = await lockTrashExperiments(connection, workspaceId, experimentIds);
  const within = await lockTrashRuns(connection, workspaceId, { experimentIds: experiments.map(({ id }) => id) });
  const accepted = experiments.filter(({ id, number, trashedAt }) => {
    const running = within.find((run) => run.experimentId === id && run.state === "RUNNING");
    const error =
      trashedAt === null
        ? new AppError("CONFLICT", `EXP-${number} is not in the trash. Move it there first.`)
        : running === undefined
          ? null
          : refusalOf(running);
    if (error !== null) refused.push({ id, error });
    return error === null;
  });
  const acceptedIds = accepted.map(({ id }) => id);
  const runs = (await lockTrashRuns(connection, workspaceId, { runIds })).filter((run) => {
    const error = refusalOf(run);
    if (error !== null) refused.push({ id: run.id, error });
    return error === null && !acceptedIds.includes(run.experimentId);
  });
  const known = new Set(
    [...experiments, ...runs]
      .map(({ id }) => id)
      .concat(
        refused.map(({ id }) => id),
        within.map(({ id }) => id),
      ),
  );
  for (const id of [...experimentIds, ...runIds])
    if (!known.has(id)) refused.push({ id, error: new AppError("NOT_FOUND", "There is no such object in the trash.") });
  await connection.$executeRaw`
    UPDATE runs SET discarded_at = coalesce(discarded_at, now())
    WHERE id = ANY (${runs.map(({ id }) => id)}) OR experiment_id = ANY (${acceptedIds})`;
  await connection.$executeRaw`UPDATE experiments SET discarded_at = coalesce(discarded_at, now()) WHERE id = ANY (${acceptedIds})`;
  const runsOf = (id: string) => within.filter((run) => run.experimentId === id).length;
  return { experiments: accepted.map(({ id, number, name }) => ({ id, number, name, runs: runsOf(id) })), runs, refused };
}

/** Everything in the workspace's trash, for `discard`. */
export async function findAllTrashed(connection: Connection, { workspaceId }: Scope): Promise<Omit<DiscardRequest, "workspaceId">> {
  const where = { workspaceId, trashedAt: { not: null }, discardedAt: null };
  const [experiments, runs] = await Promise.all([
    connection.experiment.findMany({ where, select: { id: true } }),
    connection.run.findMany({ where: { ...where, trashedTogether: false, state: { not: "RUNNING" } }, select: { id: true } }),
  ]);
  return { experimentIds: experiments.map(({ id }) => id), runIds: runs.map(({ id }) => id) };
}

const runsAtOnce = 100;

/** Deletes the rows of discarded runs and experiments, of one workspace or of all. If it is interrupted, the next call continues. */
export async function deleteDiscarded(
  { connection }: Pick<Database, "connection">,
  { workspaceId, signal }: { readonly workspaceId?: string; readonly signal: AbortSignal },
): Promise<number> {
  const where = { discardedAt: { not: null }, ...(workspaceId === undefined ? {} : { workspaceId }) };
  let deleted = 0;
  for (;;) {
    signal.throwIfAborted();
    const runs = await connection.run.findMany({ where, take: runsAtOnce, select: { id: true } });
    if (runs.length === 0) break;
    for (const { id } of runs) {
      signal.throwIfAborted();
      await deleteRunRows(connection, id);
      deleted += 1;
    }
  }
  const { count } = await connection.experiment.deleteMany({ where });
  return deleted + count;
}
