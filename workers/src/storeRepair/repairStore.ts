/**
 * Reads every object that a row references and compares it with the hash in its key. Restores lost objects from a copy of the store, and
 * images also from their genomes. Moves damaged files aside after copying their intact objects.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Connection } from "@pareidolia/persistence/database/database";
import { findRunKeysOfImages } from "@pareidolia/persistence/images/readImages";
import { listStoredKeys } from "@pareidolia/persistence/objectStores/namedObjects";
import { hashOf, imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { redrawImage } from "./redrawImage.ts";

export interface RepairOptions {
  readonly connection: Connection;
  readonly objectStore: ObjectStore;
  /** False to check only. */
  readonly repairs: boolean;
  /** A copy of the store from which to restore lost objects. */
  readonly copy: ObjectStore | null;
  readonly onChecked?: (count: number) => void;
}

export interface LostObject {
  readonly key: string;
  /** Keys of the runs that use the object. */
  readonly runs: readonly string[];
}

export interface RepairReport {
  readonly checked: number;
  readonly copied: number;
  readonly redrawn: number;
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

async function nameRuns(connection: Connection, keys: readonly string[]): Promise<readonly LostObject[]> {
  const runs = await findRunKeysOfImages(connection, keys.map(hashOf));
  return keys.map((key) => ({ key, runs: runs.get(hashOf(key)) ?? [] }));
}

function contentTypeOf(key: string): { contentType: string } {
  return { contentType: key === imageKey(hashOf(key)) ? "image/png" : "application/octet-stream" };
}

export async function repairStore(options: RepairOptions): Promise<RepairReport> {
  const { connection, objectStore, copy, repairs } = options;
  const { lost, checked } = await findLost(options);
  if (!repairs) {
    const damagedFiles = (await objectStore.findDamage()).map(({ file }) => file);
    return { checked, copied: 0, redrawn: 0, lost: await nameRuns(connection, lost), damagedFiles };
  }
  const stillLost: string[] = [];
  let copied = 0;
  let redrawn = 0;
  // Sorted so that genomes are restored before the images drawn from them.
  for (const key of lost.sort()) {
    const bytes = copy === null ? null : await readOrNull(copy, key);
    const image = bytes === null && key === imageKey(hashOf(key)) ? await redrawImage(connection, objectStore, hashOf(key)) : null;
    const found = bytes ?? image;
    if (found === null) stillLost.push(key);
    else await objectStore.put(key, found, contentTypeOf(key));
    if (bytes !== null) copied++;
    if (image !== null) redrawn++;
  }
  const damagedFiles = await objectStore.setDamageAside();
  return { checked, copied, redrawn, lost: await nameRuns(connection, stillLost), damagedFiles };
}
