/**
 * Writes the images of a bundle piece by piece, before they are scored and before the transaction with its rows: all workspaces share images,
 * and one that is written in a transaction stays locked until its end. Images that no row names yet are not shown, and clean-ups keep them
 * for a while, with the scores that are here already.
 */

import { writeImages } from "@pareidolia/persistence/lab/images/writeImages";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { type RetryOptions, withRetries } from "../../withRetries.ts";
import { piecesOf } from "./piecesOf.ts";
import type { SpooledBundle } from "./spooledBundle.ts";

export async function writeBundleImages(bundle: SpooledBundle, connection: Connection, retry: RetryOptions): Promise<void> {
  for await (const rows of piecesOf(bundle.rows("images"))) {
    const images = rows.map(({ byte_length: byteLength, ...image }) => ({ image: { ...image, byteLength } }));
    await withRetries(() => writeImages(connection, images), retry);
  }
}
