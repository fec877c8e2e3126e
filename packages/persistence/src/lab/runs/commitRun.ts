/**
 * Commits a run's progress since its last commit in one transaction, fenced by the lease token and, for runs with generations, by the last
 * committed generation: a worker that has lost its lease writes nothing. Row ids follow from the rows' content, so a repeated commit
 * (after a lost acknowledgement, or by a resumed run) writes the same rows. Objects must be stored before.
 */
import type { RunControl, RunState } from "@pareidolia/core/runState";
import type { EarlyStop } from "@pareidolia/core/sweep/sweepState";
import { Prisma } from "../../generated/client.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { settleLinks } from "../chains/settleLinks.ts";
import { type Lease, leaseLost } from "./lease.ts";
import { type CheckpointEvent, notifyFollowers, type ProgressEvent, type RunEvent, writeRunEvents } from "./runEvents.ts";
import { countSeconds } from "./runTimes.ts";

/** How a worker leaves a run. */
export interface RunOutcome {
  readonly state: "SUCCEEDED" | "PAUSED" | "CANCELLED" | "QUEUED";
  /** Of a run that SUCCEEDED before the end of its plan. */
  readonly stoppedBy?: EarlyStop;
  /** Of a QUEUED run of a sweep that waits at this rung of successive halving, without a job. */
  readonly rung?: number;
  /** A human-readable sentence. */
  readonly reason: string;
}

/** The changes since the last commit. */
export interface RunDelta {
  /** All stored evaluations since the start of the run. Only a new maximum counts as progress. */
  readonly evaluations: number;
  /** Evaluations of work that is not stored yet and starts again when the run resumes. Shown, but not counted as progress. Undefined: none. */
  readonly evaluationsUnderWay?: number | undefined;
  /** The last generation of the previous commit (-1 before the first) and of this commit. Undefined for runs without generations. */
  readonly generations?: { readonly after: number; readonly to: number } | undefined;
  /** Evaluations per second; null keeps the last value. */
  readonly speed: number | null;
  /** Null and undefined keep the last value. */
  readonly median?: number | null | undefined;
  /** Undefined keeps the last value. */
  /** Results that meet the criterion of the run's kind. */
  readonly foolingCount?: number | undefined;
  /** SHA-256 of the archive so far, or of the result of a finished run; null before. */
  readonly resultHash: string | null;
  /** State to resume from; undefined keeps the last checkpoint. Deleted when the run ends. */
  readonly checkpoint?: Uint8Array | undefined;
  /** The log entry for the stored rows; null if none were stored. */
  readonly event: CheckpointEvent | ProgressEvent | null;
  /** Set when the worker leaves the run with this commit. */
  readonly outcome: RunOutcome | null;
  /** Writes the rows of the run's kind. */
  readonly write: (connection: Connection) => Promise<void>;
}

export interface RunCommit extends Lease {
  readonly leaseSeconds: number;
  readonly delta: RunDelta;
}

/** The outcome that a request to the run's worker asks for; null without a request. */
export function outcomeOfRequest(control: RunControl, sweepId: string | null): RunOutcome | null {
  const by = sweepId === null ? "by a user" : "with its sweep or by a user";
  if (control === "CANCEL") return { state: "CANCELLED", reason: `Cancelled ${by}.` };
  if (control === "PAUSE") return { state: "PAUSED", reason: `Paused ${by}.` };
  return null;
}

const pauseWithdrawn: RunOutcome = { state: "QUEUED", reason: "The pause was withdrawn. The run continues from its last checkpoint." };

function isUnfinished(state: RunState): boolean {
  return state === "QUEUED" || state === "PAUSED";
}

/** The outcome, or what a user has requested of the unfinished run since the worker chose it. */
async function followRequest(connection: Connection, { runId, leaseToken }: Lease, outcome: RunOutcome | null): Promise<RunOutcome | null> {
  if (outcome === null || !isUnfinished(outcome.state)) return outcome;
  const [held] = await connection.$queryRaw<{ control: RunControl; sweepId: string | null }[]>`
    SELECT control::text, sweep_id AS "sweepId" FROM runs
    WHERE id = ${runId} AND lease_token = ${leaseToken} AND state = 'RUNNING' FOR NO KEY UPDATE`;
  if (held === undefined) return outcome;
  return outcomeOfRequest(held.control, held.sweepId) ?? (outcome.state === "PAUSED" ? pauseWithdrawn : outcome);
}

function hasEnded({ outcome }: RunDelta): boolean {
  return outcome?.state === "SUCCEEDED" || outcome?.state === "CANCELLED";
}

/** Progress resets `attempts`; stored progress also proves that an outage is over. */
function progressIn({ generations, evaluations, outcome }: RunDelta): { readonly made: Prisma.Sql; readonly endsOutage: Prisma.Sql } {
  if (generations !== undefined) return { made: Prisma.sql`${generations.to > generations.after}`, endsOutage: Prisma.sql`true` };
  const made = Prisma.sql`(${evaluations} > evaluations OR ${outcome !== null})`;
  return { made, endsOutage: made };
}

/** Updates the run's row and returns the log's last number; null if the caller no longer holds the run. */
async function advanceRun(
  connection: Connection,
  { runId, leaseToken, leaseSeconds, delta }: RunCommit,
  eventCount: number,
): Promise<number | null> {
  const { outcome, generations } = delta;
  const { made, endsOutage } = progressIn(delta);
  const generation = generations === undefined ? Prisma.empty : Prisma.sql`generation = ${generations.to},`;
  const fence = generations === undefined ? Prisma.empty : Prisma.sql`AND generation = ${generations.after}`;
  const [row] = await connection.$queryRaw<{ seq: number }[]>`
    UPDATE runs r SET ${generation} evaluations = greatest(evaluations, ${delta.evaluations}),
      evaluations_under_way = ${delta.evaluationsUnderWay ?? 0}, speed = coalesce(${delta.speed}, speed),
      median = coalesce(${delta.median ?? null}, median), fooling_count = coalesce(${delta.foolingCount ?? null}, fooling_count),
      archive_hash = ${delta.resultHash},
      attempts = CASE WHEN ${made} THEN 0 ELSE attempts END,
      outage_since = CASE WHEN ${endsOutage} THEN NULL ELSE outage_since END,
      ${countSeconds},
      stopped_by = ${outcome?.stoppedBy ?? null}, state = ${outcome?.state ?? "RUNNING"}::"RunState", event_seq = event_seq + ${eventCount}, updated_at = now(),
      control = CASE WHEN ${outcome !== null} THEN 'NONE' ELSE control END,
      lease_token = CASE WHEN ${outcome === null} THEN lease_token END,
      lease_expires_at = CASE WHEN ${outcome === null} THEN now() + ${leaseSeconds} * interval '1 second' END,
      ended_at = CASE WHEN ${hasEnded(delta)} THEN now() END
    WHERE id = ${runId} AND lease_token = ${leaseToken} AND state = 'RUNNING' ${fence}
    RETURNING event_seq AS seq`;
  return row?.seq ?? null;
}

/** Whether a worker that left its run with this outcome, or as requested meanwhile, left it in the state. */
function leavesIn(outcome: RunOutcome, state: RunState): boolean {
  return state === outcome.state || (isUnfinished(outcome.state) && (isUnfinished(state) || state === "CANCELLED"));
}

/** Whether this commit is already stored: the connection may break between a commit and its acknowledgement. */
async function isStored(connection: Connection, { runId, leaseToken, delta }: RunCommit): Promise<boolean> {
  const { outcome, generations, evaluations, resultHash } = delta;
  const run = await connection.run.findUnique({
    where: { id: runId },
    select: { state: true, generation: true, evaluations: true, archiveHash: true, leaseToken: true },
  });
  if (run === null) return false;
  if (generations === undefined)
    return outcome !== null && leavesIn(outcome, run.state) && run.leaseToken === null && run.evaluations >= evaluations;
  if (run.generation !== generations.to || run.archiveHash !== resultHash) return false;
  return outcome === null ? run.leaseToken === leaseToken : leavesIn(outcome, run.state);
}

async function writeState(connection: Connection, runId: string, { checkpoint, outcome, ...delta }: RunDelta): Promise<void> {
  if (outcome !== null) await settleLinks(connection, runId, outcome.state);
  if (hasEnded({ ...delta, outcome })) await connection.runCheckpoint.deleteMany({ where: { runId } });
  else if (checkpoint !== undefined) {
    const bytes = new Uint8Array(checkpoint);
    await connection.runCheckpoint.upsert({ where: { runId }, create: { runId, bytes }, update: { bytes } });
  }
}

/**
 * Returns the outcome with which the worker has left the run: if it is QUEUED or PAUSED, a request that arrived while the worker saved the run
 * replaces it. @throws AppError LEASE_LOST, without writing, if the caller no longer holds the run at that generation.
 */
export async function commitRun({ connection }: Transaction, { delta: intended, ...lease }: RunCommit): Promise<RunOutcome | null> {
  const { runId } = lease;
  const delta = { ...intended, outcome: await followRequest(connection, lease, intended.outcome) };
  const { event, outcome } = delta;
  const commit = { ...lease, delta };
  const events: RunEvent[] = event === null ? [] : [event];
  if (outcome !== null) events.push({ kind: "STATE", payload: { from: "RUNNING", to: outcome.state, reason: outcome.reason } });
  const lastSeq = await advanceRun(connection, commit, events.length);
  if (lastSeq === null) {
    if (await isStored(connection, commit)) return outcome;
    throw leaseLost();
  }
  await delta.write(connection);
  await writeState(connection, runId, delta);
  await writeRunEvents(connection, runId, lastSeq, events);
  // The run progressed without a log entry.
  if (events.length === 0 && delta.evaluationsUnderWay !== undefined) await notifyFollowers(connection, runId);
  return outcome;
}

/** The last `checkpoint` of the run, or null. */
export async function readRunCheckpoint(connection: Connection, runId: string): Promise<Uint8Array | null> {
  const row = await connection.runCheckpoint.findUnique({ where: { runId } });
  return row?.bytes ?? null;
}
