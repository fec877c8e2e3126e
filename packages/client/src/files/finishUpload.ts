/** Finishes an upload. The API measures the file, which can take longer than a request may: the next request joins the work in progress. */
import { type FinishUploadMutation, finishUpload as finishUploadDocument } from "../generated/operations.ts";
import { isTransient, pause, secondsBefore } from "../http/backoff.ts";
import type { Connection } from "../http/connection.ts";
import { sendOperation } from "../http/sendOperation.ts";
import { successOf } from "../pareidoliaError.ts";
import { readDocument } from "../readDocument.ts";

interface MeasuredUpload {
  readonly id: string;
  readonly sha256: string | null;
  readonly byteLength: number;
}

/** The shortest time to wait, in seconds, for a file of any size. */
const shortestWait = 300;
/** Bytes a second at which a slow object store joins the parts of a file. */
const slowestRate = 4 * 1024 * 1024;
/** Attempts until the pauses between them stay the same. */
const growingPauses = 3;

/** @throws PareidoliaError if the file is not measured in a time that depends on its size. */
export async function finishUpload(
  connection: Connection,
  { id, byteLength }: { readonly id: string; readonly byteLength: number },
  signal: AbortSignal | undefined,
): Promise<MeasuredUpload> {
  const deadline = Date.now() + 1_000 * (shortestWait + byteLength / slowestRate);
  const document = readDocument(finishUploadDocument);
  let lost = 0;
  for (let attempt = 0; ; attempt += 1)
    try {
      // A request of its own each time: one that repeats an idempotency key waits for the earlier one, which took too long already.
      const sent = await sendOperation({ ...connection, retries: 0 }, "mutation", document, { input: { uploadId: id } }, { signal });
      return successOf((sent as FinishUploadMutation).finishUpload).upload;
    } catch (error) {
      if (!isTransient(error, true) || Date.now() >= deadline) throw error;
      if (error.code === "NETWORK") lost += 1;
      if (lost > connection.retries) throw error;
      await pause(secondsBefore(Math.min(attempt, growingPauses), error.retryAfter), signal);
    }
}
