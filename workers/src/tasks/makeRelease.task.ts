/**
 * Writes the archive of a release into the object store, with a heartbeat. Its row records the outcome, whatever ends it. If votes change
 * meanwhile, such as when a voter withdraws, the archive is written again, so a release never contains what a voter has removed.
 */

import { writeZip } from "@pareidolia/archive/zip/writeZip";
import { AppError } from "@pareidolia/core/appError";
import type { JobData } from "@pareidolia/jobs/jobs";
import type { ReleaseRecord } from "@pareidolia/persistence/files/releases/readReleases";
import {
  claimRelease,
  failRelease,
  findReleaseMoment,
  finishRelease,
  handBackRelease,
  type ReleaseClaim,
  type ReleaseMoment,
  reportRelease,
  type WrittenRelease,
} from "@pareidolia/persistence/files/releases/releaseWork";
import { findResultSource } from "@pareidolia/persistence/studies/studies/studyResults";
import { type ReleaseInput, releaseFiles } from "@pareidolia/release/writeRelease";
import { storeParts } from "../archives/storeParts.ts";
import { type HeldClaim, holdClaim } from "../heldClaim.ts";
import { openReleaseInput } from "../releases/openReleaseInput.ts";
import type { RunContext } from "../runs/runContext.ts";
import type { StudyComputer } from "../studies/studyComputer.ts";
import { type RetryOptions, withRetries } from "../withRetries.ts";

export interface MakeReleaseContext extends Pick<RunContext, "database" | "objectStore" | "queue" | "stop" | "log"> {
  readonly computer: Pick<StudyComputer, "compute">;
  /** Called with the claim when the work starts, so that a cancellation takes effect at once, and with null when it ends. */
  readonly onClaimed?: (releaseId: string, claim: Pick<HeldClaim, "refresh"> | null) => void;
  /** For tests. */
  readonly partBytes?: number;
}

const timeoutSeconds = 60;
/** Times that a release is written, if voters withdraw while it is written. */
const maxWritings = 5;
const unexpected = "The release stopped because of an unexpected error. Make it again to retry.";

export async function makeRelease({ releaseId }: JobData["makeRelease"], context: MakeReleaseContext): Promise<void> {
  const { database, queue, stop, log } = context;
  const onRetry = (error: unknown, attempt: number): void =>
    log.warn({ releaseId, attempt, err: error }, "storage is unavailable, trying again");
  const handOver = (claim?: ReleaseClaim) =>
    database.transaction(async ({ connection, executor }) => {
      if (claim !== undefined) await handBackRelease(connection, claim);
      await queue.enqueue(executor, "makeRelease", { releaseId });
    });
  if (stop.aborted) return handOver();
  const claimed = await claimRelease(database.connection, releaseId);
  if (claimed === null) return;
  const { release, claim } = claimed;
  const held = holdClaim({
    write: (progress) => reportRelease(database.connection, claim, progress),
    onUnavailable: (error) => log.warn({ releaseId, err: error }, "progress could not be written"),
  });
  context.onClaimed?.(releaseId, held);
  const signal = AbortSignal.any([stop, held.lost]);
  const retry: RetryOptions = { signal, timeoutSeconds, onRetry };
  try {
    for (let writing = 1; ; writing++) {
      const moment = await findReleaseMoment(database.connection, release.studyId);
      const written = await write(release, moment, { ...context, held, retry }).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "CONFLICT" && writing < maxWritings) return null;
        throw error;
      });
      const isStored =
        written !== null &&
        (await withRetries(() => database.transaction((inside) => finishRelease(inside, claim, moment, written)), retry));
      if (isStored) break;
      if (writing === maxWritings)
        throw new AppError("CONFLICT", "Votes of the study kept changing while the release was written. Make it again later.");
      log.info({ releaseId, writing }, "votes changed while the release was written");
    }
    log.info({ releaseId }, "release is made");
  } catch (error) {
    if (held.lost.aborted) {
      log.warn({ releaseId }, "release was cancelled, or another worker has it now");
      return;
    }
    if (stop.aborted) return await handOver(claim);
    log.error({ releaseId, err: error }, "release has failed");
    const reason = error instanceof AppError && error.code !== "INTERNAL" ? error.message : unexpected;
    await withRetries(() => failRelease(database.connection, claim, reason), { ...retry, signal: new AbortController().signal });
  } finally {
    context.onClaimed?.(releaseId, null);
    held.release();
  }
}

interface Writing extends MakeReleaseContext {
  readonly held: HeldClaim;
  readonly retry: RetryOptions;
}

/** Stores the archive of the votes at this moment. @throws AppError CONFLICT if they have changed since. */
async function write(release: ReleaseRecord, moment: ReleaseMoment, options: Writing): Promise<WrittenRelease> {
  const { database, objectStore, computer, held, retry, partBytes } = options;
  const { connection } = database;
  const source = await findResultSource(connection, release.studyId);
  if (source?.state !== moment.state) throw new AppError("CONFLICT", "Votes changed before the release was written.");
  const computed = await computer.compute(connection, source);
  const results = Object.fromEntries(
    computed.results.map(({ kind, text }) => [kind, JSON.parse(text) as unknown]),
  ) as ReleaseInput["results"];
  const opened = await openReleaseInput({
    connection,
    objectStore,
    release,
    results,
    networks: source.images.map(({ networks }) => networks),
    coded: source.coded,
    onStep: async (progress) => {
      retry.signal.throwIfAborted();
      await held.report(progress);
    },
    retry: (step) => withRetries(step, retry),
  });
  let files = 0;
  async function* counted() {
    for await (const file of releaseFiles(opened.input)) {
      files++;
      yield file;
    }
  }
  const put: typeof objectStore.put = (...object) => withRetries(() => objectStore.put(...object), retry);
  const archive = await storeParts(writeZip(counted()), put, partBytes);
  const { images, genomes } = opened;
  return { ...archive, counts: { files, images, genomes, voters: opened.voters(), trials: opened.trials(), votes: moment.voteCount } };
}
