/** Follows runs and sweeps until they have ended. */
import type { Client } from "../createClient.ts";
import {
  findRun,
  type RunEventsSubscription,
  type RunFieldsFragment,
  runEvents,
  type SweepFieldsFragment,
  sweepChanges,
} from "../generated/operations.ts";
import { PareidoliaError } from "../pareidoliaError.ts";

export type RunEvent = RunEventsSubscription["runEvents"];

interface FollowOptions<Change> {
  /** Stops following; the work continues. */
  readonly signal?: AbortSignal | undefined;
  readonly onChange?: ((change: Change) => void) | undefined;
}

interface LogOptions {
  readonly signal?: AbortSignal | undefined;
  /** The last number that was received. Default: 0, for all events. */
  readonly since?: number;
}

const isRefusedSince = (error: unknown): boolean =>
  error instanceof PareidoliaError && error.code === "INVALID_INPUT" && error.fieldErrors.some(({ field }) => field === "since");

async function readRun(client: Client, run: string, signal: AbortSignal | undefined): Promise<RunFieldsFragment> {
  const { node } = await client.query(findRun, { id: run }, { signal });
  if (node === null || node === undefined || !("eventSeq" in node)) throw new PareidoliaError("NOT_FOUND", `There is no run ${run}.`);
  return node;
}

/**
 * The events of a run after `since`, until it ends. If some of them were deleted, 30 days after the run ended, it begins with the run's
 * last event, or has none. `run` is its ID or key. @throws PareidoliaError
 */
export async function* followRunEvents(client: Client, run: string, { since = 0, signal }: LogOptions = {}): AsyncGenerator<RunEvent> {
  let eventSeq: number | null = null;
  for (let from = since; ; )
    try {
      for await (const { runEvents: event } of client.subscribe(runEvents, { runId: run, since: from }, { signal })) yield event;
      return;
    } catch (error) {
      if (!isRefusedSince(error)) throw error;
      eventSeq ??= (await readRun(client, run, signal)).eventSeq;
      if (from >= eventSeq) throw error;
      from = Math.max(from + 1, eventSeq - 1);
    }
}

/** Returns the run as its last event shows it, or as it is if it has no events. `run` is its ID or key. @throws PareidoliaError */
export async function waitForRun(
  client: Client,
  run: string,
  { since = 0, signal, onChange }: FollowOptions<RunEvent> & LogOptions = {},
): Promise<RunEvent["run"]> {
  let last: RunEvent | null = null;
  for await (const event of followRunEvents(client, run, { since, signal })) {
    last = event;
    onChange?.(event);
  }
  return last === null ? readRun(client, run, signal) : last.run;
}

const endedSweeps: ReadonlySet<string> = new Set(["SUCCEEDED", "CANCELLED"]);

/** Returns the sweep once all of its runs have ended. `sweep` is its ID or key. @throws PareidoliaError */
export async function waitForSweep(
  client: Client,
  sweep: string,
  { signal, onChange }: FollowOptions<SweepFieldsFragment> = {},
): Promise<SweepFieldsFragment> {
  for await (const { sweepChanges: change } of client.subscribe(sweepChanges, { sweepId: sweep }, { signal })) {
    onChange?.(change);
    if (endedSweeps.has(change.state)) return change;
  }
  throw new PareidoliaError("NETWORK", `The changes of ${sweep} ended before the sweep did.`);
}
