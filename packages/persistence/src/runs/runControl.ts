/**
 * What people may do to a run, whatever state it is in. A run that nobody holds steps at once; of one that a worker
 * holds it is asked, and the worker steps with its next checkpoint. All run inside the caller's transaction.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import type { RunControl, RunState } from "@pareidolia/core/runState";
import { settleLinks } from "../chains/settleLinks.ts";
import type { Transaction } from "../database/database.ts";
import { notifyHolder } from "../workers/notifyHolder.ts";
import { endSilentWriters } from "./endSilentWriters.ts";
import { appendRunEvent } from "./runEvents.ts";

export interface ControlledRun {
  readonly state: RunState;
  /** What the worker that holds the run has been asked. */
  readonly control: RunControl;
}

interface LockedRun extends ControlledRun {
  readonly number: number;
  /** Why an outage paused it; null otherwise. */
  readonly outage: string | null;
}

/** A checkpoint holds the row for some tens of milliseconds. */
const millisecondsBetweenTries = 50;
const suspiciousSeconds = 1;
const patienceSeconds = 4;

/**
 * Locks the run's row without queueing behind another lock. After a second it ends a writer that has gone silent, such as a frozen
 * worker; a writer that is busy with a large checkpoint gets a little longer.
 * @throws AppError NOT_FOUND; UNAVAILABLE when the row stays taken.
 */
async function lockRun({ connection }: Transaction, runId: string): Promise<LockedRun> {
  const [known] = await connection.$queryRaw<{ number: number }[]>`SELECT number FROM runs WHERE id = ${runId}`;
  if (known === undefined) throw new AppError("NOT_FOUND", "There is no such run.");
  const began = performance.now();
  for (let isAlarmed = false; ; ) {
    const [run] = await connection.$queryRaw<LockedRun[]>`
      SELECT number, state::text, control::text, outage FROM runs WHERE id = ${runId} FOR UPDATE SKIP LOCKED`;
    if (run !== undefined) return run;
    const seconds = (performance.now() - began) / 1000;
    if (seconds > patienceSeconds)
      throw new AppError("UNAVAILABLE", `RUN-${known.number} is saving a large checkpoint. Try again in a few seconds.`);
    if (!isAlarmed && seconds > suspiciousSeconds) {
      isAlarmed = true;
      await endSilentWriters(connection, suspiciousSeconds);
    } else await sleep(millisecondsBetweenTries);
  }
}

async function step(transaction: Transaction, runId: string, from: RunState, to: RunState, reason: string): Promise<ControlledRun> {
  const { connection } = transaction;
  const ended = to === "CANCELLED";
  const again = to === "QUEUED";
  await connection.$executeRaw`
    UPDATE runs SET state = ${to}::"RunState", outage = NULL, updated_at = now(),
      outage_since = CASE WHEN ${to === "PAUSED"} THEN NULL ELSE outage_since END,
      ended_at = CASE WHEN ${ended} THEN now() WHEN ${again} THEN NULL ELSE ended_at END,
      failure = CASE WHEN ${again} THEN NULL ELSE failure END,
      attempts = CASE WHEN ${again} THEN 0 ELSE attempts END
    WHERE id = ${runId}`;
  await settleLinks(connection, runId, to);
  await appendRunEvent(connection, runId, { kind: "STATE", payload: { from, to, reason } });
  return { state: to, control: "NONE" };
}

async function ask(transaction: Transaction, runId: string, control: RunControl): Promise<ControlledRun> {
  const { connection } = transaction;
  await connection.$executeRaw`UPDATE runs SET control = ${control}::"RunControl", updated_at = now() WHERE id = ${runId}`;
  await notifyHolder(connection, runId);
  return { state: "RUNNING", control };
}

function conflict(run: LockedRun, sentence: string): AppError {
  return new AppError("CONFLICT", `RUN-${run.number} ${sentence}`);
}

/** @throws AppError NOT_FOUND; CONFLICT where there is nothing to pause. */
export async function pauseRun(transaction: Transaction, { runId }: { readonly runId: string }): Promise<ControlledRun> {
  const run = await lockRun(transaction, runId);
  switch (run.state) {
    case "QUEUED":
      return step(transaction, runId, "QUEUED", "PAUSED", "Paused by a person before a worker took it.");
    case "RUNNING":
      if (run.control === "CANCEL") throw conflict(run, "is being cancelled and cannot be paused.");
      return run.control === "PAUSE" ? run : ask(transaction, runId, "PAUSE");
    case "PAUSED":
      if (run.outage === null) throw conflict(run, "is paused already. Resume it to continue, or cancel it.");
      return step(transaction, runId, "PAUSED", "PAUSED", "Paused by a person during an outage. It no longer continues by itself.");
    case "FAILED":
    case "CRASHED":
      throw conflict(run, "has stopped on an error. Resume it to try again from its last checkpoint.");
    case "SUCCEEDED":
    case "CANCELLED":
      throw conflict(run, "has ended. Start another run instead.");
  }
}

/**
 * Where it returns QUEUED, the caller enqueues the run's job in the same transaction.
 * @throws AppError NOT_FOUND; CONFLICT where there is nothing to resume.
 */
export async function resumeRun(transaction: Transaction, { runId }: { readonly runId: string }): Promise<ControlledRun> {
  const run = await lockRun(transaction, runId);
  switch (run.state) {
    case "PAUSED":
      return step(transaction, runId, "PAUSED", "QUEUED", "Resumed by a person.");
    case "FAILED":
    case "CRASHED":
      return step(transaction, runId, run.state, "QUEUED", "Tried again by a person from its last checkpoint.");
    case "RUNNING":
      if (run.control === "PAUSE") return ask(transaction, runId, "NONE");
      throw conflict(run, run.control === "CANCEL" ? "is being cancelled and cannot be resumed." : "is running already.");
    case "QUEUED":
      throw conflict(run, "is waiting for a worker already.");
    case "SUCCEEDED":
    case "CANCELLED":
      throw conflict(run, "has ended. Start another run instead.");
  }
}

/** What is stored stays. @throws AppError NOT_FOUND; CONFLICT where there is nothing to cancel. */
export async function cancelRun(transaction: Transaction, { runId }: { readonly runId: string }): Promise<ControlledRun> {
  const run = await lockRun(transaction, runId);
  switch (run.state) {
    case "QUEUED":
    case "PAUSED":
    case "CRASHED":
      return step(transaction, runId, run.state, "CANCELLED", "Cancelled by a person.");
    case "RUNNING":
      return run.control === "CANCEL" ? run : ask(transaction, runId, "CANCEL");
    case "FAILED":
      throw conflict(run, "has failed, so there is nothing to cancel. Resume it to try again, or leave it.");
    case "CANCELLED":
      throw conflict(run, "is cancelled already.");
    case "SUCCEEDED":
      throw conflict(run, "has finished, so there is nothing to cancel.");
  }
}
