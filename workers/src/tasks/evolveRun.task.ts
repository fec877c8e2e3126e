/**
 * Evolves one run: claims it, restores its last checkpoint, and goes generation by generation, storing about every second,
 * until it is done, somebody asks it to pause or cancel, or this worker has to stop. Whatever ends it, the run's last
 * step is part of a checkpoint, so nothing that was evolved is lost and nothing is told twice.
 */
import { AppError } from "@pareidolia/core/appError";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { JobData } from "@pareidolia/jobs/jobs";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { type ClaimedRun, claimRun } from "@pareidolia/persistence/runs/claimRun";
import { failRun, type Lease, writeManifest } from "@pareidolia/persistence/runs/lease";
import { readCheckpoint } from "@pareidolia/persistence/runs/readCheckpoint";
import { isTransientError } from "@pareidolia/persistence/transientErrors";
import type { OpenClassifier } from "../classifierShelf.ts";
import { Checkpointer, type Outcome } from "../evolution/checkpointer.ts";
import { extendManifest } from "../evolution/manifest.ts";
import { openSearch } from "../evolution/openSearch.ts";
import { type HeldLease, holdLease } from "../heldLease.ts";
import { type RetryOptions, retrying } from "../retrying.ts";

/** What the task says about itself; pino's shape. */
export interface TaskLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface EvolveContext {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly queue: Pick<Queue, "enqueue">;
  readonly openClassifier: OpenClassifier;
  readonly workerId: string;
  readonly checkpointSeconds: number;
  readonly leaseSeconds: number;
  /** Aborts when the worker has to stop: the run is handed back after its current generation. */
  readonly stop: AbortSignal;
  readonly log: TaskLog;
  /** Called with the lease while the run is under way, so that notifications reach it. */
  readonly onHeld?: (runId: string, lease: HeldLease | null) => void;
}

/** A checkpoint that takes this long makes the search wait for it, so that an outage cannot fill the memory. */
const longestLead = 5;
/** Postgres or the object store may be away for this long before a run is given up. */
const patienceSeconds = 300;
const unexpected = "The run stopped on an error that nobody foresaw. Resume it to try again from its last checkpoint.";

function outcomeOf(lease: HeldLease, stop: AbortSignal, done: boolean): Outcome | null {
  if (done) return { state: "SUCCEEDED", reason: "All generations are evolved." };
  if (lease.control === "CANCEL") return { state: "CANCELLED", reason: "Cancelled by a person." };
  if (lease.control === "PAUSE") return { state: "PAUSED", reason: "Paused by a person." };
  if (stop.aborted) return { state: "QUEUED", reason: "Its worker was stopped. It goes on from its last checkpoint." };
  return null;
}

async function evolve(run: ClaimedRun, held: HeldLease, retry: RetryOptions, context: EvolveContext): Promise<Outcome> {
  const { database, objectStore, queue, leaseSeconds, stop, log } = context;
  const lease: Lease = { runId: run.id, leaseToken: run.leaseToken };
  const classifier = await context.openClassifier({ slug: run.modelSlug, sha256: run.modelSha256 });
  await retrying(() => writeManifest(database.connection, lease, extendManifest(run, classifier)), retry);
  const opened = await retrying(async () => {
    const checkpoint = await readCheckpoint(database.connection, run.id);
    return openSearch({ run, classifier, checkpoint, objectStore });
  }, retry);
  const { encoding, search } = opened;
  log.info({ generation: search.generation }, "run is under way");
  const checkpointer = new Checkpointer({
    ...opened,
    database,
    lease,
    leaseSeconds,
    modelId: run.modelId,
    studio: { encoding, classifier, objectStore, retry },
    retry,
    onOutcome: async ({ state }, { executor }) => {
      if (state === "QUEUED") await queue.enqueue(executor, "evolveRun", { runId: run.id });
    },
  });
  const target = run.generations;
  try {
    for (;;) {
      const outcome = outcomeOf(held, stop, search.generation >= target);
      if (outcome !== null) {
        await checkpointer.begin(outcome);
        await checkpointer.settled();
        return outcome;
      }
      if (checkpointer.secondsSince >= context.checkpointSeconds && !checkpointer.isUnderWay) await checkpointer.begin();
      else if (checkpointer.secondsSince >= longestLead + context.checkpointSeconds) await checkpointer.settled();
      checkpointer.add(await evaluateGeneration({ search, encoding, classifier, signal: held.lost }));
    }
  } catch (error) {
    await checkpointer.settled().catch(() => undefined);
    throw error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof AppError && error.code !== "INTERNAL" ? error.message : unexpected;
}

/** Resolves whatever becomes of the run, since the run's row says it; throws only when the job should be tried again. */
export async function evolveRun({ runId }: JobData["evolveRun"], context: EvolveContext): Promise<void> {
  const { database, workerId, leaseSeconds, log } = context;
  if (context.stop.aborted) {
    await database.transaction(({ executor }) => context.queue.enqueue(executor, "evolveRun", { runId }));
    return;
  }
  const run = await database.transaction((transaction) => claimRun(transaction, { runId, workerId, leaseSeconds }));
  if (run === null) return;
  const lease: Lease = { runId, leaseToken: run.leaseToken };
  const held = holdLease({ database, lease, leaseSeconds });
  context.onHeld?.(runId, held);
  const onRetry = (error: unknown, attempt: number): void => log.warn({ runId, attempt, err: error }, "storage is away, trying again");
  try {
    const outcome = await evolve(run, held, { signal: held.lost, patienceSeconds, onRetry }, context);
    log.info({ runId, state: outcome.state }, "run is let go");
  } catch (error) {
    if (held.lost.aborted || (error instanceof AppError && error.code === "LEASE_LOST")) {
      log.warn({ runId }, "run belongs to somebody else now");
      return;
    }
    log.error({ runId, err: error }, "run cannot go on");
    await database
      .transaction((transaction) => failRun(transaction, lease, reasonOf(error)))
      .catch((failure: unknown) => {
        // Whoever sweeps its lease decides then.
        if (!isTransientError(failure)) log.error({ runId, err: failure }, "failure could not be written");
      });
  } finally {
    context.onHeld?.(runId, null);
    await held.release();
  }
}
