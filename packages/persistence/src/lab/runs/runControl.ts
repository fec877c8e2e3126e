/**
 * Pauses, resumes and cancels runs, in the caller's transaction. A run without a worker changes its state immediately; a running run gets a
 * request, which its worker follows at its next checkpoint.
 */
import { AppError } from "@pareidolia/core/appError";
import { isRunKind, whyNotComputed } from "@pareidolia/core/runKinds/registry";
import type { RunControl, RunState } from "@pareidolia/core/runState";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { settleLinks } from "../chains/settleLinks.ts";
import { notifyHolder } from "../workers/notifyHolder.ts";
import { appendRunEvent } from "./runEvents.ts";
import { waitForCheckpoint } from "./waitForCheckpoint.ts";

export interface ControlledRun {
  readonly state: RunState;
  /** The request to the run's worker. */
  readonly control: RunControl;
}

export interface LockedRun extends ControlledRun {
  readonly kind: string;
  readonly number: number;
  /** Why an outage paused the run; null otherwise. */
  readonly outage: string | null;
}

async function lockRunIfFree(connection: Connection, runId: string): Promise<LockedRun | null> {
  const [run] = await connection.$queryRaw<LockedRun[]>`
    SELECT number, kind, state::text, control::text, outage FROM runs WHERE id = ${runId} FOR UPDATE SKIP LOCKED`;
  return run ?? null;
}

/** Locks the run's row, for which it waits while a checkpoint has it. @throws AppError NOT_FOUND; UNAVAILABLE after some 4 s. */
export async function lockRun({ connection }: Transaction, runId: string): Promise<LockedRun> {
  const known = await connection.run.findUnique({ where: { id: runId }, select: { number: true } });
  if (known === null) throw new AppError("NOT_FOUND", "There is no such run.");
  const run = await waitForCheckpoint(connection, () => lockRunIfFree(connection, runId));
  if (run === null) throw new AppError("UNAVAILABLE", `RUN-${known.number} is saving a large checkpoint. Try again in a few seconds.`);
  return run;
}

async function setState(connection: Connection, runId: string, to: RunState): Promise<void> {
  const ended = to === "CANCELLED";
  const again = to === "QUEUED";
  await connection.$executeRaw`
    UPDATE runs SET state = ${to}::"RunState", outage = NULL, updated_at = now(),
      outage_since = CASE WHEN ${to === "PAUSED"} THEN NULL ELSE outage_since END,
      ended_at = CASE WHEN ${ended} THEN now() WHEN ${again} THEN NULL ELSE ended_at END,
      failure = CASE WHEN ${again} THEN NULL ELSE failure END, admitted_at = CASE WHEN ${again} THEN now() ELSE admitted_at END,
      attempts = CASE WHEN ${again} THEN 0 ELSE attempts END
    WHERE id = ${runId}`;
}

async function changeState(
  { connection }: Transaction,
  runId: string,
  change: { readonly from: RunState; readonly to: RunState; readonly reason: string },
): Promise<ControlledRun> {
  const { to } = change;
  await setState(connection, runId, to);
  await settleLinks(connection, runId, to);
  await appendRunEvent(connection, runId, { kind: "STATE", payload: change });
  return { state: to, control: "NONE" };
}

async function setControl(connection: Connection, runId: string, control: RunControl): Promise<void> {
  await connection.$executeRaw`UPDATE runs SET control = ${control}::"RunControl", updated_at = now() WHERE id = ${runId}`;
}

/** Sends a request to the run's worker. */
async function request({ connection }: Transaction, runId: string, control: RunControl): Promise<ControlledRun> {
  await setControl(connection, runId, control);
  await notifyHolder(connection, runId);
  return { state: "RUNNING", control };
}

function conflict(run: LockedRun, sentence: string): AppError {
  return new AppError("CONFLICT", `RUN-${run.number} ${sentence}`);
}

/** @throws AppError NOT_FOUND; CONFLICT if the run cannot be paused. */
export async function pauseRun(transaction: Transaction, { runId }: { readonly runId: string }): Promise<ControlledRun> {
  const run = await lockRun(transaction, runId);
  switch (run.state) {
    case "QUEUED":
      return changeState(transaction, runId, { from: "QUEUED", to: "PAUSED", reason: "Paused by a user before a worker took it." });
    case "RUNNING":
      if (run.control === "CANCEL") throw conflict(run, "is being cancelled and cannot be paused.");
      return run.control === "PAUSE" ? run : request(transaction, runId, "PAUSE");
    case "PAUSED":
      if (run.outage === null) throw conflict(run, "is paused already. Resume it to continue, or cancel it.");
      return changeState(transaction, runId, {
        from: "PAUSED",
        to: "PAUSED",
        reason: "Paused by a user during an outage. It no longer continues by itself.",
      });
    case "FAILED":
    case "CRASHED":
      throw conflict(run, "has stopped on an error. Resume it to try again from its last checkpoint.");
    case "SUCCEEDED":
    case "CANCELLED":
      throw conflict(run, "has ended. Start another run instead.");
  }
}

/**
 * If it returns QUEUED, the caller enqueues the run's job in the same transaction.
 * @throws AppError NOT_FOUND; CONFLICT if the run cannot be resumed.
 */
export async function resumeRun(transaction: Transaction, { runId }: { readonly runId: string }): Promise<ControlledRun> {
  const run = await lockRun(transaction, runId);
  const reason = isRunKind(run.kind) ? whyNotComputed(run.kind) : null;
  if (reason !== null) throw conflict(run, `cannot be resumed: ${reason}.`);
  switch (run.state) {
    case "PAUSED":
      return changeState(transaction, runId, { from: "PAUSED", to: "QUEUED", reason: "Resumed by a user." });
    case "FAILED":
    case "CRASHED":
      return changeState(transaction, runId, {
        from: run.state,
        to: "QUEUED",
        reason: "Tried again by a user from its last checkpoint.",
      });
    case "RUNNING":
      if (run.control === "PAUSE") return request(transaction, runId, "NONE");
      throw conflict(run, run.control === "CANCEL" ? "is being cancelled and cannot be resumed." : "is running already.");
    case "QUEUED":
      throw conflict(run, "is waiting for a worker already.");
    case "SUCCEEDED":
    case "CANCELLED":
      throw conflict(run, "has ended. Start another run instead.");
  }
}

/** Stored results stay. @throws AppError NOT_FOUND; CONFLICT if the run cannot be cancelled. */
export async function cancelRun(transaction: Transaction, { runId }: { readonly runId: string }): Promise<ControlledRun> {
  const run = await lockRun(transaction, runId);
  switch (run.state) {
    case "QUEUED":
    case "PAUSED":
    case "CRASHED":
      return changeState(transaction, runId, { from: run.state, to: "CANCELLED", reason: "Cancelled by a user." });
    case "RUNNING":
      return run.control === "CANCEL" ? run : request(transaction, runId, "CANCEL");
    case "FAILED":
      throw conflict(run, "has failed, so there is nothing to cancel. Resume it to try again, or leave it.");
    case "CANCELLED":
      throw conflict(run, "is cancelled already.");
    case "SUCCEEDED":
      throw conflict(run, "has finished, so there is nothing to cancel.");
  }
}
