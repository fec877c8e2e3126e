/** Reads where restored runs come from, and the images of previews of imports. */
import { list, record, type ShapeValue, text } from "@pareidolia/core/documentShape";
import type { Connection } from "../../server/database/database.ts";

const restoredFromShape = record({
  /** Name of the workspace in which the export was made. */
  workspace: text,
  /** Such as RUN-12. */
  key: text,
  /** When the import started to store it: UTC in ISO 8601. */
  at: text,
});
export type RestoredFrom = ShapeValue<typeof restoredFromShape>;

/** In the order of `ids`; null for a run that no import has restored. */
export async function findRestoredFrom(connection: Connection, ids: readonly string[]): Promise<(RestoredFrom | null)[]> {
  const rows = await connection.run.findMany({ where: { id: { in: [...ids] } }, select: { id: true, origin: true } });
  const byId = new Map(rows.map(({ id, origin }) => [id, origin]));
  return ids.map((id) => {
    const origin = byId.get(id) ?? null;
    return origin === null ? null : restoredFromShape(origin, "origin");
  });
}

const thumbnailsShape = list(record({ label: text, url: text }));
/** An image of a preview, and the class that it shows; the label is empty without one. */
export type Thumbnail = ShapeValue<typeof thumbnailsShape>[number];

/** In the order of `ids`. */
export async function findThumbnails(connection: Connection, ids: readonly string[]): Promise<(readonly Thumbnail[])[]> {
  const rows = await connection.import.findMany({ where: { id: { in: [...ids] } }, select: { id: true, thumbnails: true } });
  const byId = new Map(rows.map(({ id, thumbnails }) => [id, thumbnailsShape(thumbnails, "thumbnails")]));
  return ids.map((id) => byId.get(id) ?? []);
}
