/** Wraps a run's object store so that every response counts as progress and the first write proves that the store is the shared one. */
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";

export interface StoreWatch {
  readonly onDone: () => void;
  /** Its error ends the write. */
  readonly beforeFirstWrite: () => Promise<void> | undefined;
}

export function watchStore(store: ObjectStore, { onDone, beforeFirstWrite }: StoreWatch): ObjectStore {
  let isProven = false;
  const watched = async <T>(call: () => Promise<T>): Promise<T> => {
    const result = await call();
    onDone();
    return result;
  };
  const written = <T>(call: () => Promise<T>): Promise<T> =>
    watched(async () => {
      if (!isProven) await beforeFirstWrite();
      isProven = true;
      return call();
    });
  const { putMany } = store;
  return {
    ...store,
    put: (key, bytes, options) => written(() => store.put(key, bytes, options)),
    ...(putMany === undefined ? {} : { putMany: (objects) => written(() => putMany(objects)) }),
    get: (key) => watched(() => store.get(key)),
    find: (key) => watched(() => store.find(key)),
    has: (key) => watched(() => store.has(key)),
    openReadStream: (key) => watched(() => store.openReadStream(key)),
  };
}
