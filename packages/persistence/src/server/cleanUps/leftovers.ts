/** Temporary files of unfinished writes, which killed processes leave behind. */
import { cleanUpGraceMilliseconds } from "../objectStores/objectStore.ts";
import type { CleanUp } from "./cleanUp.ts";

export const leftovers: CleanUp = {
  kind: "leftovers",
  title: "Unfinished writes",
  graceSeconds: cleanUpGraceMilliseconds / 1000,
  async cleanUp({ objectStore, dryRun, signal }) {
    signal.throwIfAborted();
    const writtenBefore = new Date(Date.now() - cleanUpGraceMilliseconds);
    const removed = await objectStore.clearLeftovers({ writtenBefore, dryRun });
    const all = await objectStore.clearLeftovers({ writtenBefore: new Date(), dryRun: true });
    const counted = dryRun ? removed : { count: 0, byteLength: 0 };
    return { removed, waiting: { count: all.count - counted.count, byteLength: all.byteLength - counted.byteLength } };
  },
};
