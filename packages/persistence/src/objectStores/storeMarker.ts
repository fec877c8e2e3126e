/** The row that says which object store this database belongs to. */
import type { Connection } from "../database/database.ts";

export interface StoreMarkerRecord {
  readonly marker: string;
  /** Where the store was when the marker was written. */
  readonly place: string;
}

export async function findStoreMarker(connection: Connection): Promise<StoreMarkerRecord | null> {
  return connection.storeMarker.findUnique({ where: { id: 1 }, select: { marker: true, place: true } });
}

/** The marker from now on: the given one, or the one that another process wrote first. */
export async function createStoreMarker(connection: Connection, { marker, place }: StoreMarkerRecord): Promise<StoreMarkerRecord> {
  await connection.$executeRaw`INSERT INTO store_markers (id, marker, place) VALUES (1, ${marker}, ${place}) ON CONFLICT (id) DO NOTHING`;
  return (await findStoreMarker(connection)) ?? { marker, place };
}

export async function replaceStoreMarker(connection: Connection, { marker, place }: StoreMarkerRecord): Promise<void> {
  await connection.storeMarker.upsert({
    where: { id: 1 },
    create: { id: 1, marker, place },
    update: { marker, place, createdAt: new Date() },
  });
}
