/**
 * Writes what a run of another kind than an evolution has done since it last did, in one transaction that the lease token
 * fences. Rows have ids that follow from what they are, so writing them again, after a lost acknowledgement or a resumed
 * run, writes the same. Objects are stored before this is called.
 */
import type { Connection, Transaction } from "../database.ts";
import { type Lease, leaseLost } from "./lease.ts";
import { type RunEvent, tellFollowers, writeRunEvents } from "./runEvents.ts";
import { settleLinks } from "./settleLinks.ts";

export interface ProgressOutcome {
  readonly state: "SUCCEEDED" | "PAUSED" | "CANCELLED" | "QUEUED";
  readonly reason: string;
}

export interface ProgressInput extends Lease {
  readonly leaseSeconds: number;
  /** Of what is stored. Only more than ever before counts as progress that proves the worker able to go on. */
  readonly evaluations: number;
  /** Of what is not, and begins again when the run does: whoever follows the run is told, and it proves nothing. Undefined is none. */
  readonly evaluationsUnderWay?: number | undefined;
  readonly speed: number | null;
  /** Undefined leaves what there is, as for `foolingCount`. */
  readonly median?: number | null | undefined;
  readonly foolingCount?: number | undefined;
  /** SHA-256 of the result, once the run is done. */
  readonly resultHash: string | null;
  /** What it takes to go on from here; undefined leaves the last one. It goes when the run ends. */
  readonly checkpoint?: Uint8Array | undefined;
  /** Of rows that are new or have moved on, for whoever follows the run; null where nothing was stored. */
  readonly changed: Readonly<Record<string, readonly string[]>> | null;
  /** Set when the worker lets go of the run. */
  readonly outcome: ProgressOutcome | null;
}

async function advanceRun(connection: Connection, input: ProgressInput, eventCount: number): Promise<number | null> {
  const { runId, leaseToken, outcome } = input;
  const ended = outcome?.state === "SUCCEEDED" || outcome?.state === "CANCELLED";
  const [row] = await connection.$queryRaw<{ seq: number }[]>`
    UPDATE runs SET evaluations = greatest(evaluations, ${input.evaluations}),
      evaluations_under_way = ${input.evaluationsUnderWay ?? 0}, speed = coalesce(${input.speed}, speed),
      median = coalesce(${input.median ?? null}, median), fooling_count = coalesce(${input.foolingCount ?? null}, fooling_count), archive_hash = ${input.resultHash},
      attempts = CASE WHEN ${input.evaluations} > evaluations OR ${outcome !== null} THEN 0 ELSE attempts END,
      outage_since = CASE WHEN ${input.evaluations} > evaluations OR ${outcome !== null} THEN NULL ELSE outage_since END,
      state = ${outcome?.state ?? "RUNNING"}::"RunState", event_seq = event_seq + ${eventCount}, updated_at = now(),
      control = CASE WHEN ${outcome !== null} THEN 'NONE' ELSE control END,
      lease_token = CASE WHEN ${outcome === null} THEN lease_token END,
      lease_expires_at = CASE WHEN ${outcome === null} THEN now() + ${input.leaseSeconds} * interval '1 second' END,
      ended_at = CASE WHEN ${ended} THEN now() END
    WHERE id = ${runId} AND lease_token = ${leaseToken} AND state = 'RUNNING'
    RETURNING event_seq AS seq`;
  return row?.seq ?? null;
}

/** Whether this very step was taken before: the connection may have broken between the commit and its acknowledgement. */
async function hasStepped(connection: Connection, { runId, evaluations, outcome }: ProgressInput): Promise<boolean> {
  if (outcome === null) return false;
  const run = await connection.run.findUnique({ where: { id: runId }, select: { state: true, evaluations: true, leaseToken: true } });
  return run !== null && run.state === outcome.state && run.leaseToken === null && run.evaluations >= evaluations;
}

/** @throws AppError LEASE_LOST, and nothing is written, when the caller does not hold the run any more. */
export async function commitProgress(
  { connection }: Transaction,
  input: ProgressInput,
  write: (connection: Connection) => Promise<void>,
): Promise<void> {
  const { runId, outcome, checkpoint } = input;
  const events: RunEvent[] = [];
  if (input.changed !== null) events.push({ kind: "PROGRESS", payload: { ...input.changed } });
  if (outcome !== null) events.push({ kind: "STATE", payload: { from: "RUNNING", to: outcome.state, reason: outcome.reason } });
  const lastSeq = await advanceRun(connection, input, events.length);
  if (lastSeq === null) {
    if (await hasStepped(connection, input)) return;
    throw leaseLost();
  }
  await write(connection);
  if (outcome !== null) await settleLinks(connection, runId, outcome.state);
  if (outcome?.state === "SUCCEEDED" || outcome?.state === "CANCELLED") await connection.runCheckpoint.deleteMany({ where: { runId } });
  else if (checkpoint !== undefined) {
    const bytes = new Uint8Array(checkpoint);
    await connection.runCheckpoint.upsert({ where: { runId }, create: { runId, bytes }, update: { bytes } });
  }
  await writeRunEvents(connection, runId, lastSeq, events);
  // It came further and has nothing to log.
  if (events.length === 0 && input.evaluationsUnderWay !== undefined) await tellFollowers(connection, runId);
}

/** What the last `checkpoint` was, or null. */
export async function readRunCheckpoint(connection: Connection, runId: string): Promise<Uint8Array | null> {
  const row = await connection.runCheckpoint.findUnique({ where: { runId } });
  return row?.bytes ?? null;
}
