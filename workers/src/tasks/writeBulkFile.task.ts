/**
 * Writes the file of a bulk query from its rows, which are stored as JSON lines, with a heartbeat. Its row records the outcome, whatever ends
 * it. Memory holds an object of rows, a part of the file and, for Parquet, a row group.
 */
import { tableFormats } from "@pareidolia/archive/tables/writeTable";
import { AppError } from "@pareidolia/core/appError";
import type { JobData } from "@pareidolia/jobs/jobs";
import {
  type BulkClaim,
  claimFile,
  failBulkQuery,
  finishBulkQuery,
  handBackBulkQuery,
  maxBulkFileSize,
  reportBulkQuery,
  type WrittenFile,
} from "@pareidolia/persistence/files/bulkQueries/bulkQueryWork";
import { type BulkQueryRecord, findBulkChunks } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { storeParts } from "../archives/storeParts.ts";
import { cellsOf, columnsOf } from "../bulkQueries/bulkCells.ts";
import { type HeldClaim, holdClaim } from "../heldClaim.ts";
import type { RunContext } from "../runs/runContext.ts";
import { type RetryOptions, withRetries } from "../withRetries.ts";

export interface WriteBulkFileContext extends Pick<RunContext, "database" | "objectStore" | "queue" | "stop" | "log"> {
  /** Called with the claim when the work starts, so that a cancellation takes effect at once, and with null when it ends. */
  readonly onClaimed?: (bulkQueryId: string, claim: Pick<HeldClaim, "refresh"> | null) => void;
  /** For tests. */
  readonly partBytes?: number;
}

const timeoutSeconds = 60;
const unexpected = "The file could not be written because of an unexpected error. Run the bulk query again to retry.";

export async function writeBulkFile({ bulkQueryId }: JobData["writeBulkFile"], context: WriteBulkFileContext): Promise<void> {
  const { database, queue, stop, log } = context;
  const handOver = (claim?: BulkClaim) =>
    database.transaction(async ({ connection, executor }) => {
      if (claim !== undefined) await handBackBulkQuery(connection, claim);
      await queue.enqueue(executor, "writeBulkFile", { bulkQueryId });
    });
  if (stop.aborted) return handOver();
  const claimed = await claimFile(database.connection, bulkQueryId);
  if (claimed === null) return;
  const { claim, bulkQuery } = claimed;
  const held = holdClaim({
    write: () => reportBulkQuery(database.connection, claim),
    onUnavailable: (error) => log.warn({ bulkQueryId, err: error }, "heartbeat could not be written"),
  });
  context.onClaimed?.(bulkQueryId, held);
  const onRetry = (error: unknown, attempt: number): void =>
    log.warn({ bulkQueryId, attempt, err: error }, "storage is unavailable, trying again");
  const retry: RetryOptions = { signal: AbortSignal.any([stop, held.lost]), timeoutSeconds, onRetry };
  try {
    const written = await write(bulkQuery, context, retry);
    await withRetries(() => database.transaction((inside) => finishBulkQuery(inside, claim, written)), retry);
    log.info({ bulkQueryId }, "file of a bulk query is written");
  } catch (error) {
    if (held.lost.aborted) {
      log.warn({ bulkQueryId }, "bulk query was cancelled, or another worker has it now");
      return;
    }
    if (stop.aborted) return await handOver(claim);
    log.error({ bulkQueryId, err: error }, "file of a bulk query could not be written");
    const reason = error instanceof AppError && error.code === "INVALID_INPUT" ? error.message : unexpected;
    const failing = { ...retry, signal: new AbortController().signal };
    await withRetries(() => database.transaction((inside) => failBulkQuery(inside, claim, reason)), failing);
  } finally {
    context.onClaimed?.(bulkQueryId, null);
    held.release();
  }
}

async function write(
  { id, format, columns }: BulkQueryRecord,
  { database, objectStore, partBytes }: WriteBulkFileContext,
  retry: RetryOptions,
): Promise<WrittenFile> {
  const chunks = await findBulkChunks(database.connection, id);
  async function* stored(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const { sha256 } of chunks) {
      retry.signal.throwIfAborted();
      yield await withRetries(() => objectStore.get(fileKey(sha256)), retry);
    }
  }
  async function* rows() {
    // A chunk has whole lines.
    for await (const bytes of stored())
      for (const line of Buffer.from(bytes).toString("utf8").split("\n"))
        if (line !== "") yield cellsOf(columns, JSON.parse(line) as Readonly<Record<string, unknown>>);
  }
  const pieces = format === "jsonl" ? stored() : tableFormats[format].write(columnsOf(columns), rows());
  const put: typeof objectStore.put = (...object) => withRetries(() => objectStore.put(...object), retry);
  return storeParts(limited(pieces), put, partBytes);
}

/** @throws AppError INVALID_INPUT for a file that is too large. */
async function* limited(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxBulkFileSize)
      throw new AppError("INVALID_INPUT", "The file would be larger than 20 GiB. Filter the list, and run the query in parts.");
    yield piece;
  }
}
