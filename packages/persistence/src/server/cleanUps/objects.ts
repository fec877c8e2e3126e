/**
 * Objects that no row names. Stores keep objects that were put within the grace period, or since a running import started, even if they
 * already existed.
 */
import { findNamedKeys } from "../objectStores/namedObjects.ts";
import { cleanUpGraceMilliseconds, type StoredObject } from "../objectStores/objectStore.ts";
import type { CleanUp, CleanUpContext } from "./cleanUp.ts";
import { findImportsSince } from "./runningImports.ts";

const atOnce = 5_000;
/** A store deletes objects one by one; the clean-up can stop between pages. */
const deletedAtOnce = 100;

async function* listUnnamed({ database, objectStore, signal }: CleanUpContext): AsyncGenerator<StoredObject> {
  const unnamedOf = async (page: readonly StoredObject[]) => {
    signal.throwIfAborted();
    const keys = page.map(({ key }) => key);
    const named = await findNamedKeys(database.connection, keys);
    return page.filter(({ key }) => !named.has(key));
  };
  let page: StoredObject[] = [];
  for await (const object of objectStore.list()) {
    page.push(object);
    if (page.length < atOnce) continue;
    yield* await unnamedOf(page);
    page = [];
  }
  yield* await unnamedOf(page);
}

export const objects: CleanUp = {
  kind: "objects",
  title: "Objects without a row",
  graceSeconds: cleanUpGraceMilliseconds / 1000,
  async cleanUp(context) {
    const { database, objectStore, dryRun, signal } = context;
    const importsSince = await findImportsSince(database.connection);
    const storedBefore = new Date(Math.min(Date.now() - cleanUpGraceMilliseconds, importsSince?.getTime() ?? Number.POSITIVE_INFINITY));
    const removed = { count: 0, byteLength: 0 };
    const waiting = { count: 0, byteLength: 0 };
    const old = new Set<string>();
    for await (const { key, byteLength, storedAt } of listUnnamed(context)) {
      const isOld = storedAt < storedBefore;
      if (isOld) old.add(key);
      // Without `dryRun`, the store's own count is added below.
      if (isOld && !dryRun) continue;
      const amount = isOld ? removed : waiting;
      amount.count++;
      amount.byteLength += byteLength;
    }
    if (dryRun) return { removed, waiting };
    const keys = [...old];
    for (let start = 0; start < keys.length; start += deletedAtOnce) {
      signal.throwIfAborted();
      const page = keys.slice(start, start + deletedAtOnce);
      // A row may have named the object while the store was listed.
      const named = await findNamedKeys(database.connection, page);
      const deleted = await objectStore.deleteObjects(
        page.filter((key) => !named.has(key)),
        { storedBefore },
      );
      removed.count += deleted.count;
      removed.byteLength += deleted.byteLength;
    }
    return { removed, waiting };
  },
};
