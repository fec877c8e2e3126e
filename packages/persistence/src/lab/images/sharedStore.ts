/**
 * Proves that processes share one object store. The first process writes a random marker to the store and the database. Later processes
 * compare the two and refuse to start if they differ, because the API could not find images stored elsewhere.
 */
import { randomUUID } from "node:crypto";
import type { AppError } from "@pareidolia/core/appError";
import type { Connection } from "../../server/database/database.ts";
import { imageKey, type ObjectStore } from "../../server/objectStores/objectStore.ts";
import { createStoreMarker, findStoreMarker, replaceStoreMarker, type StoreMarkerRecord } from "../../server/objectStores/storeMarker.ts";
import { storeOutage } from "../../server/objectStores/storeOutage.ts";
import { findNewestImages } from "./readImages.ts";

export interface SharedStore {
  /** @throws AppError UNAVAILABLE when the store does not hold the marker. */
  checkMarker(): Promise<void>;
  /** @throws AppError UNAVAILABLE when the store cannot be written and read, or is not the shared store. */
  check(): Promise<void>;
}

const sampledImages = 5;

function otherStore({ place }: ObjectStore, known: StoreMarkerRecord): AppError {
  const own = known.place === place ? "" : ` The installation's images are in ${known.place}.`;
  return storeOutage(
    `This process uses ${place}, which is not the object store of this installation.${own} Give API and workers the same PAREIDOLIA_HOME or S3 settings; if the store was replaced on purpose, run \`npm run store -- adopt\`.`,
  );
}

/** Stores of earlier versions have no marker. A store without any of the newest images is a different store. */
async function holdsImages(connection: Connection, store: ObjectStore): Promise<boolean> {
  const images = await findNewestImages(connection, sampledImages);
  if (images.length === 0) return true;
  const held = await Promise.all(images.map((sha256) => store.has(imageKey(sha256))));
  return held.includes(true);
}

async function requireMarker(store: ObjectStore, known: StoreMarkerRecord): Promise<void> {
  if ((await store.readMarker()) !== known.marker) throw otherStore(store, known);
}

async function markFirst(connection: Connection, store: ObjectStore): Promise<StoreMarkerRecord> {
  if (!(await holdsImages(connection, store))) throw otherStore(store, { marker: "", place: "another store" });
  await store.writeMarker(randomUUID(), { replace: false });
  return createStoreMarker(connection, { marker: (await store.readMarker()) ?? "", place: store.place });
}

/** @throws AppError UNAVAILABLE when the store does not answer, or does not belong to the database. */
export async function proveSharedStore(connection: Connection, store: ObjectStore): Promise<SharedStore> {
  const known = (await findStoreMarker(connection)) ?? (await markFirst(connection, store));
  await requireMarker(store, known);
  return {
    checkMarker: () => requireMarker(store, known),
    async check() {
      await store.probe();
      await requireMarker(store, known);
    },
  };
}

/** Makes `store` the object store of this installation. */
export async function adoptStore(connection: Connection, store: ObjectStore): Promise<void> {
  const marker = (await store.readMarker()) ?? randomUUID();
  await store.writeMarker(marker, { replace: true });
  await replaceStoreMarker(connection, { marker, place: store.place });
}
