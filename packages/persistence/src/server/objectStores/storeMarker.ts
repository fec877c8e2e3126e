/** The row that identifies the object store of this database. */
import type { Connection } from "../database/database.ts";

export interface StoreMarkerRecord {
  readonly marker: string;
  /** Where the store was when the marker was written. */
  readonly place: string;
}

export async function findStoreMarker(connection: Connection): Promise<StoreMarkerRecord | null> {
  return connection.storeMarker.findUnique({ where: { id: 1 }, select: { marker: true, place: true } });
}

/** Writes the marker unless another process wrote one first, and returns the valid marker. */
export async function createStoreMarker(connection: Connection, { marker, place }: StoreMarkerRecord): Promise<StoreMarkerRecord> {
  await connection.storeMarker.createMany({ data: [{ id: 1, marker, place }], skipDuplicates: true });
  return (await findStoreMarker(connection)) ?? { marker, place };
}

export async function replaceStoreMarker(connection: Connection, { marker, place }: StoreMarkerRecord): Promise<void> {
  await connection.storeMarker.upsert({
    where: { id: 1 },
    create: { id: 1, marker, place },
    update: { marker, place, createdAt: new Date() },
  });
}
