/**
 * Files that were sent for an upload, or as a part of one, and are not needed: their upload is finished, deleted or removed. The row of a
 * part is written after its file, so a file without a row is kept for an hour. Uploads that wait for longer than a day are removed first, so
 * this removes their files too.
 */
import type { PostedFile } from "../objectStores/postedFiles.ts";
import { findKnownUploads, findPendingUploads } from "../uploads/readUploads.ts";
import { findPendingParts } from "../uploads/uploadParts.ts";
import type { CleanUp, CleanUpContext } from "./cleanUp.ts";
import { uploads } from "./uploads.ts";

const atOnce = 1_000;
/** How long a part may wait for its row. */
const partMilliseconds = 60 * 60_000;

async function* inPages(files: AsyncIterable<PostedFile>): AsyncGenerator<readonly PostedFile[]> {
  let page: PostedFile[] = [];
  for await (const file of files) {
    page.push(file);
    if (page.length < atOnce) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The files that no upload waits for. Of a dry run, also those whose upload the clean-up of uploads would remove before. */
async function findUnneeded({ database, dryRun }: CleanUpContext, page: readonly PostedFile[]): Promise<readonly PostedFile[]> {
  const requestedAfter = dryRun ? new Date(Date.now() - uploads.graceSeconds * 1000) : new Date(0);
  const ids = page.map(({ id }) => id);
  const { connection } = database;
  const pending = await findPendingUploads(connection, { ids, requestedAfter });
  const parts = await findPendingParts(connection, { fileIds: ids, requestedAfter });
  const known = await findKnownUploads(connection, ids);
  const arrivedAfter = new Date(Date.now() - partMilliseconds);
  return page.filter(({ id, storedAt }) => !pending.has(id) && !parts.has(id) && (known.has(id) || storedAt < arrivedAfter));
}

export const postedFiles: CleanUp = {
  kind: "posted-files",
  title: "Files of unfinished uploads",
  graceSeconds: uploads.graceSeconds,
  async cleanUp(context) {
    const { objectStore, dryRun, signal } = context;
    const removed = { count: 0, byteLength: 0 };
    const waiting = { count: 0, byteLength: 0 };
    for await (const page of inPages(objectStore.posted.list())) {
      const unneeded = new Set(await findUnneeded(context, page));
      for (const file of page) {
        signal.throwIfAborted();
        const amount = unneeded.has(file) ? removed : waiting;
        if (amount === removed && !dryRun) await objectStore.posted.discard(file.id);
        amount.count++;
        amount.byteLength += file.byteLength;
      }
    }
    return { removed, waiting };
  },
};
