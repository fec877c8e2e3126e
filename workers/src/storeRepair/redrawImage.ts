/** Draws a lost image again from its genome, and verifies it by its hash. */
import { quantiseImage } from "@pareidolia/core/image";
import { encodePng } from "@pareidolia/images/png";
import { type DrawnFrom, findGenomesOfImage } from "@pareidolia/persistence/lab/genomes/readGenomes";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { genomeKey, hasContentOf, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { findStoreOutage } from "@pareidolia/persistence/server/objectStores/storeOutage";
import { openEncoding } from "../evolution/openSearch.ts";

function draw({ encoding: id, parameters, width, height, channels }: DrawnFrom, genome: Uint8Array): Uint8Array {
  const encoding = openEncoding({ encoding: id, parameters }, { width, height, channels: channels === 3 ? 3 : 1 });
  return encodePng(quantiseImage(encoding.decode(encoding.parse(genome))));
}

/** Null for a lost or damaged genome. @throws the error of a store that does not answer: its genome may be intact. */
async function findGenome(objectStore: ObjectStore, sha256: string): Promise<Uint8Array | null> {
  try {
    return await objectStore.find(genomeKey(sha256));
  } catch (error) {
    if (findStoreOutage(error) !== null) throw error;
    return null;
  }
}

/** Null if no stored genome produces this image. */
export async function redrawImage(connection: Connection, objectStore: ObjectStore, sha256: string): Promise<Uint8Array | null> {
  for (const drawnFrom of await findGenomesOfImage(connection, sha256)) {
    const genome = drawnFrom.genome ?? (await findGenome(objectStore, drawnFrom.genomeSha256));
    if (genome === null) continue;
    try {
      const png = draw(drawnFrom, genome);
      if (hasContentOf(imageKey(sha256), png)) return png;
    } catch {
      // The genome cannot be decoded: try the next one.
    }
  }
  return null;
}
