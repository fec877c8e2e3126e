/** Object stores of each kind for tests of clean-ups, whose grace period can be over at once. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { freshBucket, startS3Server } from "./s3/startS3Server.ts";

export interface TestStore {
  readonly objectStore: ObjectStore;
  /** The store as it would be two days later: an S3 server's times cannot be set back. */
  readonly later: ObjectStore;
  close(): Promise<void>;
}

const twoDays = 2 * 24 * 60 * 60 * 1000;

function twoDaysLater(store: ObjectStore): ObjectStore {
  return new Proxy(store, {
    get(target, name, receiver) {
      if (name === "list")
        return async function* () {
          for await (const object of target.list()) yield { ...object, storedAt: new Date(object.storedAt.getTime() - twoDays) };
        };
      if (name === "deleteObjects")
        return (keys: readonly string[], { storedBefore }: { readonly storedBefore: Date }) =>
          target.deleteObjects(keys, { storedBefore: new Date(storedBefore.getTime() + twoDays) });
      const value: unknown = Reflect.get(target, name, receiver);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

export async function openTestStore(kind: "folder" | "s3"): Promise<TestStore> {
  if (kind === "s3") {
    const server = await startS3Server();
    const objectStore = await openS3Store({ ...server, bucket: freshBucket() });
    return { objectStore, later: twoDaysLater(objectStore), close: () => server.stop() };
  }
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-store-"));
  const objectStore = openFolderStore({ folder });
  return { objectStore, later: twoDaysLater(objectStore), close: () => rm(folder, { recursive: true }) };
}
