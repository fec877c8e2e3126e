/**
 * The proof that processes share one object store. The first that starts writes a random marker to the store and to the
 * database. Whoever starts later finds both to be the same, or refuses: images that a worker writes elsewhere are lost to the API.
 */
import { randomUUID } from "node:crypto";
import type { AppError } from "@pareidolia/core/appError";
import type { Connection } from "../database.ts";
import {
  createStoreMarker,
  findNewestImages,
  findStoreMarker,
  replaceStoreMarker,
  type StoreMarkerRecord,
} from "../queries/storeMarker.ts";
import { imageKey, type ObjectStore } from "./objectStore.ts";
import { storeOutage } from "./storeOutage.ts";

export interface SharedStore {
  /** @throws AppError UNAVAILABLE when the store does not hold the marker (any more). */
  checkMarker(): Promise<void>;
  /** @throws AppError UNAVAILABLE when the store cannot be written and read now, or is not the shared one. */
  check(): Promise<void>;
}

const sampledImages = 5;

function otherStore({ place }: ObjectStore, known: StoreMarkerRecord): AppError {
  const own = known.place === place ? "" : ` Its images are in ${known.place}.`;
  return storeOutage(
    `This process uses ${place}, which is not the object store of this installation.${own} Give API and workers the same PAREIDOLIA_HOME or S3 settings; if the store was replaced on purpose, run \`npm run store -- adopt\`.`,
  );
}

/** A store without a marker may have been filled by an earlier version; one that lacks every image is another. */
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

/** @throws AppError UNAVAILABLE when the store does not answer, or is another than that of the database. */
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

/** Makes `store` the one of this installation, whatever was it before. */
export async function adoptStore(connection: Connection, store: ObjectStore): Promise<void> {
  const marker = (await store.readMarker()) ?? randomUUID();
  await store.writeMarker(marker, { replace: true });
  await replaceStoreMarker(connection, { marker, place: store.place });
}
