/** Writes images in bulk. */
import type { Connection } from "../../server/database/database.ts";
import { trustedMilliseconds } from "../../server/objectStores/objectStore.ts";

/** A stored image and the probabilities, one per class, that a model assigns to its decoded bytes. */
export interface ScoredImage {
  readonly image: {
    readonly sha256: string;
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly byteLength: number;
  };
  readonly probabilities: Float32Array;
}

export async function writeImages(connection: Connection, images: readonly Pick<ScoredImage, "image">[]): Promise<void> {
  if (images.length === 0) return;
  // Sorted, so that two runs that store the same images lock them in the same order.
  const rows = [...new Map(images.map(({ image }) => [image.sha256, image])).values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  // Clean-ups delete old images without a reference but skip rows that are locked or renewed here, so the caller may refer to all of these.
  await connection.$executeRaw`
    INSERT INTO images (sha256, width, height, channels, byte_length)
    SELECT i.sha256, i.width, i.height, i.channels, i."byteLength" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS i (
      sha256 text, width int, height int, channels int, "byteLength" int
    )
    ON CONFLICT (sha256) DO UPDATE SET created_at = now()
    WHERE images.created_at < now() - ${trustedMilliseconds / 1000} * interval '1 second'`;
}
