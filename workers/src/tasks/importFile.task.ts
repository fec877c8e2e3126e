/**
 * Reads the file of an import in a separate process: for its preview, or to write its runs once a member has decided. All rows are written
 * in one transaction with the import's own, so a worker that dies in the middle leaves nothing but unnamed objects, which clean-ups remove.
 */
import { AppError } from "@pareidolia/core/appError";
import { list, oneOf, record as recordShape, text } from "@pareidolia/core/documentShape";
import { type ColumnChoice, choosableRoles } from "@pareidolia/exchange/imports/columnRoles";
import { encodePng } from "@pareidolia/images/png";
import type { JobData } from "@pareidolia/jobs/jobs";
import {
  claimImport,
  failImport,
  finishImport,
  finishInspection,
  handBackImport,
  type ImportClaim,
  reportImport,
} from "@pareidolia/persistence/files/imports/importWork";
import { findEarlierImport, type ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import { writeImportedRuns } from "@pareidolia/persistence/files/imports/writeImportedRuns";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import { defaultLargestImport } from "@pareidolia/persistence/workspace/quotas/readQuotas";
import { type HeldClaim, holdClaim } from "../heldClaim.ts";
import { type ImportFolder, openImportFolder } from "../imports/importFolder.ts";
import { type ReadThumbnail, readPreview, readRuns } from "../imports/readImport.ts";
import { restoreBundle } from "../imports/restoring/restoreBundle.ts";
import type { ImportFile } from "../imports/runImportProcess.ts";
import { storeForeign } from "../imports/storeForeign.ts";
import type { RunContext } from "../runs/runContext.ts";
import { type RetryOptions, withRetries } from "../withRetries.ts";

export interface ImportFileContext
  extends Pick<RunContext, "database" | "objectStore" | "queue" | "openClassifier" | "cacheFolder" | "stop" | "log"> {
  /** Bytes of the largest file. */
  readonly largestImport?: number | undefined;
  /** Called with the claim when the work starts, so that a cancellation takes effect at once, and with null when it ends. */
  readonly onClaimed?: (importId: string, claim: Pick<HeldClaim, "refresh"> | null) => void;
}

const timeoutSeconds = 60;
const unexpected = "The import stopped because of an unexpected error. Upload the file again to retry.";
const choicesShape = list(recordShape({ column: text, role: oneOf(choosableRoles) }));

export async function importFile({ importId }: JobData["importFile"], context: ImportFileContext): Promise<void> {
  const { database, queue, stop, log } = context;
  const onRetry = (error: unknown, attempt: number): void =>
    log.warn({ importId, attempt, err: error }, "storage is unavailable, trying again");
  const handOver = (claim?: ImportClaim) =>
    database.transaction(async ({ connection, executor }) => {
      if (claim !== undefined) await handBackImport(connection, claim);
      await queue.enqueue(executor, "importFile", { importId });
    });
  if (stop.aborted) return handOver();
  const claimed = await claimImport(database.connection, importId);
  if (claimed === null) return;
  const { record, claim, scope } = claimed;
  const held = holdClaim({
    write: (progress) => reportImport(database.connection, claim, progress),
    onUnavailable: (error) => log.warn({ importId, err: error }, "progress could not be written"),
  });
  context.onClaimed?.(importId, held);
  const retry: RetryOptions = { signal: AbortSignal.any([stop, held.lost]), timeoutSeconds, onRetry };
  let opened: ImportFolder | null = null;
  try {
    const { largestImport = defaultLargestImport } = context;
    opened = await withRetries(() => openImportFolder(record, { ...context, largestImport }), retry);
    const choices = record.columns === null ? [] : (choicesShape(record.columns, "columns") as readonly ColumnChoice[]);
    const { fileName, byteLength } = record;
    const file = { path: opened.path, byteLength, fileName, choices };
    const work: Work = { record, claim, scope, held, retry, context, file, folder: opened.folder, mostRowBytes: largestImport };
    await (record.state === "INSPECTING" ? inspect(work) : write(work));
    log.info({ importId, state: record.state }, "import has ended its step");
  } catch (error) {
    if (held.lost.aborted) {
      log.warn({ importId }, "import was cancelled, or another worker has it now");
      return;
    }
    if (stop.aborted) return await handOver(claim);
    log.error({ importId, err: error }, "import has failed");
    const reason = error instanceof AppError && error.code !== "INTERNAL" ? error.message : unexpected;
    await withRetries(() => failImport(database.connection, claim, reason), { ...retry, signal: new AbortController().signal });
  } finally {
    context.onClaimed?.(importId, null);
    held.release();
    await opened?.remove();
  }
}

interface Work {
  readonly record: ImportRecord;
  readonly claim: ImportClaim;
  readonly scope: Scope;
  readonly held: HeldClaim;
  readonly retry: RetryOptions;
  readonly context: ImportFileContext;
  readonly file: ImportFile;
  /** For temporary files. */
  readonly folder: string;
  /** Bytes of temporary files with rows. */
  readonly mostRowBytes: number;
}

async function inspect({ record, claim, scope, retry, context: { database }, file }: Work): Promise<void> {
  const { preview, thumbnails } = await readPreview(file, retry.signal);
  const earlier = await findEarlierImport(database.connection, { scope, sha256: record.sha256, exceptId: record.id });
  const warnings =
    earlier === null
      ? preview.warnings
      : [
          `This file was imported on ${earlier.toISOString().slice(0, 10)} already. Importing it again makes the same runs once more.`,
          ...preview.warnings,
        ];
  await withRetries(
    () =>
      finishInspection(database.connection, claim, { preview: { ...preview, warnings } as object, thumbnails: thumbnails.map(toDataUrl) }),
    retry,
  );
}

function toDataUrl({ image, label }: ReadThumbnail): { readonly label: string; readonly url: string } {
  return { label, url: `data:image/png;base64,${Buffer.from(encodePng(image)).toString("base64")}` };
}

async function write(work: Work): Promise<void> {
  const { origin } = work.record.preview as { readonly origin?: unknown };
  await (origin == null ? writeForeign(work) : restoreBundle(work));
}

async function writeForeign({ record, claim, scope, held, retry, context: { database, objectStore }, file }: Work): Promise<void> {
  const { imageCount } = record.preview as { readonly imageCount: number };
  const { runs, report } = await storeForeign(readRuns(file, retry.signal), {
    record,
    objectStore,
    retry,
    onStored: (done) => held.report({ done, total: imageCount }),
  });
  await withRetries(
    () =>
      database.transaction(async (transaction) => {
        const { experimentId, experimentCreated } = await writeImportedRuns(transaction, { record, scope, runs });
        await finishImport(transaction, claim, { ...report, createdExperimentIds: experimentCreated ? [experimentId] : [] } as object);
      }),
    retry,
  );
}
