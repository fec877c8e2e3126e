/**
 * Pauses, resumes, cancels and changes whole sweeps, in the caller's transaction. The sweep's row is locked before its runs'. Of the writers
 * of runs, only admissions lock it, and they skip it while another transaction has it, so no two wait for each other.
 */
import { AppError } from "@pareidolia/core/appError";
import type { RunState } from "@pareidolia/core/runState";
import type { SweepState } from "@pareidolia/core/sweep/sweepState";
import type { Connection, Database, Transaction } from "../../server/database/database.ts";
import { settleLinks } from "../chains/settleLinks.ts";
import { assertUnlocked } from "../locks/assertUnlocked.ts";
import { evaluations } from "../runs/runTimes.ts";
import { holderChannel } from "../workers/notifyHolder.ts";
import type { SweepLimits } from "./createSweep.ts";

interface LockedSweep {
  readonly number: number;
  readonly state: SweepState;
}

async function lockSweep(connection: Connection, sweepId: string): Promise<LockedSweep> {
  const [sweep] = await connection.$queryRaw<LockedSweep[]>`
    SELECT number, state::text FROM sweeps WHERE id = ${sweepId} FOR NO KEY UPDATE`;
  if (sweep === undefined) throw new AppError("NOT_FOUND", "There is no such sweep.");
  return sweep;
}

async function setState(connection: Connection, sweepId: string, state: SweepState, reason: string): Promise<void> {
  await connection.$executeRaw`
    UPDATE sweeps SET state = ${state}::"SweepState", reason = ${reason}, updated_at = now(),
      ended_at = CASE WHEN ${state === "CANCELLED"} THEN now() END
    WHERE id = ${sweepId}`;
}

/** Changes the states of runs without a worker, each with its event. */
async function changeRuns(
  connection: Connection,
  {
    sweepId,
    from,
    to,
    reason,
  }: { readonly sweepId: string; readonly from: readonly RunState[]; readonly to: RunState; readonly reason: string },
): Promise<void> {
  const rows = await connection.$queryRaw<{ id: string; kind: string }[]>`
    WITH held AS (
      SELECT id, state::text AS "from" FROM runs WHERE sweep_id = ${sweepId} AND state = ANY (${[...from]}::text[]::"RunState"[]) FOR UPDATE
    ), changed AS (
      UPDATE runs r SET state = ${to}::"RunState", outage = NULL, admitted_at = NULL, updated_at = now(), event_seq = event_seq + 1,
        attempts = 0, failure = NULL, ended_at = CASE WHEN ${to === "CANCELLED"} THEN now() END
      FROM held WHERE r.id = held.id RETURNING r.id, r.kind, r.event_seq AS seq, held."from"
    ), event AS (
      INSERT INTO run_events (run_id, seq, kind, payload)
      SELECT id, seq, 'STATE', jsonb_build_object('from', "from", 'to', ${to}::text, 'reason', ${reason}::text) FROM changed
      RETURNING run_id, seq
    )
    SELECT changed.id, changed.kind, pg_notify('pareidolia_run_events', event.run_id || ':' || event.seq)::text
    FROM changed JOIN event ON event.run_id = changed.id`;
  for (const { id, kind } of rows) if (kind === "retraining") await settleLinks(connection, id, to);
}

/** Sends a request to the workers of the sweep's running runs. */
async function requestOfRuns(connection: Connection, sweepId: string, control: "PAUSE" | "CANCEL" | "NONE"): Promise<void> {
  await connection.$queryRaw`
    WITH asked AS (
      UPDATE runs SET control = ${control}::"RunControl", updated_at = now()
      WHERE sweep_id = ${sweepId} AND state = 'RUNNING' AND (${control === "CANCEL"} OR control <> 'CANCEL') RETURNING id
    )
    SELECT pg_notify(${holderChannel}, id)::text FROM asked`;
}

function conflict({ number }: LockedSweep, sentence: string): AppError {
  return new AppError("CONFLICT", `SWP-${number} ${sentence}`);
}

/** Its running runs pause at their next checkpoint; its waiting runs stay queued, without a slot. */
async function pause(connection: Connection, sweepId: string, reason: string): Promise<void> {
  await setState(connection, sweepId, "PAUSED", reason);
  await connection.$executeRaw`
    UPDATE runs SET admitted_at = NULL, updated_at = now() WHERE sweep_id = ${sweepId} AND state = 'QUEUED' AND admitted_at IS NOT NULL`;
  await connection.$executeRaw`
    UPDATE runs SET outage = NULL, updated_at = now() WHERE sweep_id = ${sweepId} AND state = 'PAUSED' AND outage IS NOT NULL`;
  await requestOfRuns(connection, sweepId, "PAUSE");
}

/** @throws AppError NOT_FOUND; CONFLICT if it cannot be paused. */
export async function pauseSweep({ connection }: Transaction, sweepId: string): Promise<SweepState> {
  const sweep = await lockSweep(connection, sweepId);
  if (sweep.state === "PAUSED") throw conflict(sweep, "is paused already. Resume it to continue, or cancel it.");
  if (sweep.state !== "RUNNING") throw conflict(sweep, "has ended. Start another sweep instead.");
  await pause(connection, sweepId, "Paused by a user.");
  return "PAUSED";
}

/** Queues all its paused runs, also those that a user paused one by one. @throws AppError NOT_FOUND; CONFLICT if it is not paused. */
export async function resumeSweep({ connection }: Transaction, sweepId: string): Promise<SweepState> {
  const sweep = await lockSweep(connection, sweepId);
  if (sweep.state === "RUNNING") throw conflict(sweep, "is running already.");
  if (sweep.state !== "PAUSED") throw conflict(sweep, "has ended. Start another sweep instead.");
  await setState(connection, sweepId, "RUNNING", "Resumed by a user.");
  await requestOfRuns(connection, sweepId, "NONE");
  await changeRuns(connection, { sweepId, from: ["PAUSED"], to: "QUEUED", reason: "Its sweep was resumed." });
  return "RUNNING";
}

/** What `cancelSweep` would end. */
const cancellable: readonly RunState[] = ["QUEUED", "RUNNING", "PAUSED", "CRASHED"];

/** Call it before `cancelSweep`. @throws AppError CONFLICT if the experiment is locked, or a run of the sweep that has not ended. */
export async function assertSweepUnlocked(
  connection: Connection,
  { id, workspaceId, experimentId }: { readonly id: string; readonly workspaceId: string; readonly experimentId: string },
): Promise<void> {
  await assertUnlocked(connection, { workspaceId, experimentIds: [experimentId] });
  const runs = await connection.run.findMany({ where: { sweepId: id, state: { in: [...cancellable] } }, select: { id: true } });
  await assertUnlocked(connection, { workspaceId, runIds: runs.map((run) => run.id) });
}

/** Results stay. Its running runs end at their next checkpoint. @throws AppError NOT_FOUND; CONFLICT if it has ended. */
export async function cancelSweep({ connection }: Transaction, sweepId: string): Promise<SweepState> {
  const sweep = await lockSweep(connection, sweepId);
  if (sweep.state === "CANCELLED") throw conflict(sweep, "is cancelled already.");
  if (sweep.state === "SUCCEEDED") throw conflict(sweep, "has finished, so there is nothing to cancel.");
  await setState(connection, sweepId, "CANCELLED", "Cancelled by a user.");
  await changeRuns(connection, {
    sweepId,
    from: ["QUEUED", "PAUSED", "CRASHED"],
    to: "CANCELLED",
    reason: "Its sweep was cancelled.",
  });
  await requestOfRuns(connection, sweepId, "CANCEL");
  return "CANCELLED";
}

/** Changes budgets, concurrency and priority of a sweep, also of its waiting runs. @throws AppError NOT_FOUND; CONFLICT if it has ended. */
export async function changeSweep({ connection }: Transaction, sweepId: string, limits: SweepLimits): Promise<void> {
  const sweep = await lockSweep(connection, sweepId);
  if (sweep.state === "SUCCEEDED" || sweep.state === "CANCELLED") throw conflict(sweep, "has ended, so its limits no longer matter.");
  const { priority, concurrency, maxEvaluations, maxSeconds } = limits;
  await connection.sweep.update({ where: { id: sweepId }, data: { priority, concurrency, maxEvaluations, maxSeconds } });
  await connection.$executeRaw`
    UPDATE runs SET priority = ${priority}, updated_at = now() WHERE sweep_id = ${sweepId} AND state = 'QUEUED' AND priority <> ${priority}`;
}

interface SpentSweep {
  readonly evaluations: boolean;
  readonly maxEvaluations: number;
  readonly maxSeconds: number;
}

async function findSpent(connection: Connection, sweepId: string): Promise<SpentSweep | null> {
  const [row] = await connection.$queryRaw<SpentSweep[]>`
    SELECT coalesce(spent.evaluations >= s.max_evaluations, false) AS evaluations,
      s.max_evaluations AS "maxEvaluations", s.max_seconds AS "maxSeconds"
    FROM sweeps s CROSS JOIN LATERAL (
      SELECT coalesce(sum(CASE WHEN s.max_evaluations IS NOT NULL THEN ${evaluations} END), 0) AS evaluations, coalesce(sum(r.compute_seconds), 0) AS seconds,
        bool_or(r.state IN ('QUEUED', 'RUNNING')) AS continues
      FROM runs r WHERE r.sweep_id = s.id
    ) spent
    WHERE s.id = ${sweepId} AND s.state = 'RUNNING' AND (s.max_evaluations IS NOT NULL OR s.max_seconds IS NOT NULL) AND spent.continues
      AND (spent.evaluations >= s.max_evaluations OR spent.seconds >= s.max_seconds)`;
  return row ?? null;
}

/** Called by workers after each checkpoint: pauses the sweep if a budget is spent. Returns whether it has. */
export async function pauseSpentSweep(database: Pick<Database, "connection" | "transaction">, sweepId: string): Promise<boolean> {
  const spent = await findSpent(database.connection, sweepId);
  if (spent === null) return false;
  const { evaluations, maxEvaluations, maxSeconds } = spent;
  const budget = evaluations ? `${maxEvaluations.toLocaleString("en")} evaluations` : `${maxSeconds.toLocaleString("en")} s of computing`;
  return database.transaction(async ({ connection }) => {
    const { state } = await lockSweep(connection, sweepId);
    if (state !== "RUNNING") return false;
    await pause(connection, sweepId, `Its budget of ${budget} is spent. Raise the budget and resume it, or cancel it.`);
    return true;
  });
}
