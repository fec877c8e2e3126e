/**
 * Reads every object that a row references and compares it with the hash in its key. Restores lost objects from a copy of the store, images
 * also from their genomes, and sample photographs from the cache. Moves damaged files aside after copying their intact objects.
 */
import { AppError } from "@pareidolia/core/appError";
import { findRunKeysOfImages } from "@pareidolia/persistence/lab/images/readImages";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { listStoredKeys } from "@pareidolia/persistence/server/objectStores/namedObjects";
import { hashOf, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { redrawImage } from "./redrawImage.ts";
import { rereadSample } from "./rereadSample.ts";

export interface RepairOptions {
  readonly connection: Connection;
  readonly objectStore: ObjectStore;
  /** False to check only. */
  readonly repairs: boolean;
  /** A copy of the store from which to restore lost objects. */
  readonly copy: ObjectStore | null;
  /** Of the files that can be downloaded. */
  readonly cacheFolder: string;
  readonly onChecked?: (count: number) => void;
}

export interface LostObject {
  readonly key: string;
  /** Keys of the runs that use the object. */
  readonly runs: readonly string[];
  /** Why it could not be restored, if that may pass; null otherwise. */
  readonly reason: string | null;
}

export interface RepairReport {
  readonly checked: number;
  readonly copied: number;
  readonly redrawn: number;
  /** Sample photographs that were read again. */
  readonly reread: number;
  readonly lost: readonly LostObject[];
  /** Paths of the damaged files: the current path in a check, the new path after a repair. */
  readonly damagedFiles: readonly string[];
}

/** Null for a lost object. @throws AppError UNAVAILABLE */
async function readOrNull(store: ObjectStore, key: string): Promise<Uint8Array | null> {
  try {
    return await store.find(key);
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

async function findLost({ connection, objectStore, onChecked }: RepairOptions): Promise<{ lost: string[]; checked: number }> {
  const lost: string[] = [];
  let checked = 0;
  for await (const keys of listStoredKeys(connection)) {
    for (const key of keys) if ((await readOrNull(objectStore, key)) === null) lost.push(key);
    checked += keys.length;
    onChecked?.(checked);
  }
  return { lost, checked };
}

async function describeLost(
  connection: Connection,
  keys: readonly string[],
  reasons: ReadonlyMap<string, string> = new Map(),
): Promise<readonly LostObject[]> {
  const runs = await findRunKeysOfImages(connection, keys.map(hashOf));
  return keys.map((key) => ({ key, runs: runs.get(hashOf(key)) ?? [], reason: reasons.get(key) ?? null }));
}

function contentTypeOf(key: string): { contentType: string } {
  return { contentType: key === imageKey(hashOf(key)) ? "image/png" : "application/octet-stream" };
}

export async function repairStore(options: RepairOptions): Promise<RepairReport> {
  const { connection, objectStore, copy, repairs, cacheFolder } = options;
  const { lost, checked } = await findLost(options);
  if (!repairs) {
    const damagedFiles = (await objectStore.findDamage()).map(({ file }) => file);
    return { checked, copied: 0, redrawn: 0, reread: 0, lost: await describeLost(connection, lost), damagedFiles };
  }
  const stillLost: string[] = [];
  let copied = 0;
  let redrawn = 0;
  let reread = 0;
  const reasons = new Map<string, string>();
  const rereadOrSay = async (key: string): Promise<Uint8Array | null> => {
    try {
      return await rereadSample(connection, hashOf(key), cacheFolder);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      reasons.set(key, error.message);
      return null;
    }
  };
  // Sorted so that genomes are restored before the images drawn from them.
  for (const key of lost.sort()) {
    const bytes = copy === null ? null : await readOrNull(copy, key);
    const isImage = key === imageKey(hashOf(key));
    const image = bytes === null && isImage ? await redrawImage(connection, objectStore, hashOf(key)) : null;
    const sample = bytes === null && image === null && isImage ? await rereadOrSay(key) : null;
    const found = bytes ?? image ?? sample;
    if (found === null) stillLost.push(key);
    else await objectStore.put(key, found, contentTypeOf(key));
    if (bytes !== null) copied++;
    if (image !== null) redrawn++;
    if (sample !== null) reread++;
  }
  const damagedFiles = await objectStore.setDamageAside();
  return { checked, copied, redrawn, reread, lost: await describeLost(connection, stillLost, reasons), damagedFiles };
}
