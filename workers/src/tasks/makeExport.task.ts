/**
 * Writes the archive of an export into the object store, with a heartbeat. Its row records the outcome, whatever ends it. The rows are read
 * from one snapshot of the database into temporary files; memory holds one part, one file and one row group.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import type { BundleManifest } from "@pareidolia/exchange/bundleManifest";
import { writeBundle } from "@pareidolia/exchange/writeBundle";
import type { JobData } from "@pareidolia/jobs/jobs";
import {
  claimExport,
  type ExportClaim,
  failExport,
  finishExport,
  handBackExport,
  reportExport,
  type WrittenExport,
} from "@pareidolia/persistence/files/exports/exportWork";
import type { ExportRecord } from "@pareidolia/persistence/files/exports/readExports";
import { removeAbandoned } from "@pareidolia/persistence/server/objectStores/abandonedFiles";
import { storeParts } from "../archives/storeParts.ts";
import { type BundleInputOptions, openBundleInput } from "../exports/openBundleInput.ts";
import { type HeldClaim, holdClaim } from "../heldClaim.ts";
import type { RunContext } from "../runs/runContext.ts";
import { type RetryOptions, withRetries } from "../withRetries.ts";

export interface MakeExportContext extends Pick<RunContext, "database" | "objectStore" | "queue" | "stop" | "log"> {
  /** Called with the claim when the work starts, so that a cancellation takes effect at once, and with null when it ends. */
  readonly onClaimed?: (exportId: string, claim: Pick<HeldClaim, "refresh"> | null) => void;
  /** For tests. */
  readonly partBytes?: number;
}

const timeoutSeconds = 60;
/** Of temporary folders. */
const prefix = "pareidolia-export-";
/** Bytes of an archive. A larger workspace is exported by experiments. */
const maxArchiveSize = 200 * 2 ** 30;
/** Rows between two reports of progress, which is written once a second at most. */
const rowsOfReport = 500;
const unexpected = "The export stopped because of an unexpected error. Export again to retry.";

export async function makeExport({ exportId }: JobData["makeExport"], context: MakeExportContext): Promise<void> {
  const { database, queue, stop, log } = context;
  const onRetry = (error: unknown, attempt: number): void =>
    log.warn({ exportId, attempt, err: error }, "storage is unavailable, trying again");
  const handOver = (claim?: ExportClaim) =>
    database.transaction(async ({ connection, executor }) => {
      if (claim !== undefined) await handBackExport(connection, claim);
      await queue.enqueue(executor, "makeExport", { exportId });
    });
  if (stop.aborted) return handOver();
  const claimed = await claimExport(database.connection, exportId);
  if (claimed === null) return;
  const { claim } = claimed;
  const held = holdClaim({
    write: (progress) => reportExport(database.connection, claim, progress),
    onUnavailable: (error) => log.warn({ exportId, err: error }, "progress could not be written"),
  });
  context.onClaimed?.(exportId, held);
  const signal = AbortSignal.any([stop, held.lost]);
  const retry: RetryOptions = { signal, timeoutSeconds, onRetry };
  try {
    const written = await write(claimed.export, { ...context, held, retry });
    await withRetries(() => database.transaction((inside) => finishExport(inside, claim, written)), retry);
    log.info({ exportId }, "export is made");
  } catch (error) {
    if (held.lost.aborted) {
      log.warn({ exportId }, "export was cancelled, or another worker has it now");
      return;
    }
    if (stop.aborted) return await handOver(claim);
    log.error({ exportId, err: error }, "export has failed");
    const reason = error instanceof AppError && error.code !== "INTERNAL" ? error.message : unexpected;
    await withRetries(() => failExport(database.connection, claim, reason), { ...retry, signal: new AbortController().signal });
  } finally {
    context.onClaimed?.(exportId, null);
    held.release();
  }
}

interface Writing extends MakeExportContext {
  readonly held: HeldClaim;
  readonly retry: RetryOptions;
}

async function write(wanted: ExportRecord, { database, objectStore, held, retry, partBytes }: Writing): Promise<WrittenExport> {
  await removeAbandoned(tmpdir(), prefix);
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  try {
    let steps = 0;
    const onStep = async (progress: { readonly done: number; readonly total: number | null }): Promise<void> => {
      if (steps++ % rowsOfReport > 0) return;
      retry.signal.throwIfAborted();
      await held.report(progress);
    };
    const retryStep: BundleInputOptions["retry"] = (step) => withRetries(step, retry);
    // A transaction that is cut off is read again from its start.
    const input = await retryStep(() => openBundleInput({ database, objectStore, export: wanted, folder, onStep, retry: retryStep }));
    const bundle = writeBundle(input);
    const put: typeof objectStore.put = (...object) => withRetries(() => objectStore.put(...object), retry);
    const archive = await storeParts(limited(bundle.pieces, retry.signal), put, partBytes);
    const manifest = bundle.manifest() as BundleManifest;
    const tables = Object.entries(manifest.tables);
    const filesInFolders = Object.values(manifest.folders).reduce((sum, { files }) => sum + files, 0);
    return {
      ...archive,
      content: manifest.content,
      tableRows: Object.fromEntries(tables.map(([name, { rows }]) => [name, rows])),
      files: 1 + tables.length * manifest.formats.length + filesInFolders,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws AppError INVALID_INPUT for an archive that is too large. */
async function* limited(pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const piece of pieces) {
    signal.throwIfAborted();
    bytes += piece.length;
    if (bytes > maxArchiveSize)
      throw new AppError("INVALID_INPUT", "The archive would be larger than 200 GiB. Export experiments one by one, or leave out images.");
    yield piece;
  }
}
