/** Reads a range of an archive that is stored in parts. */
import { fileKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { StoredPart } from "@pareidolia/persistence/server/objectStores/storedPart";
import { partsBetween } from "./partsBetween.ts";

/** A part at a time, each checked by the store against its hash. @param range with `first` and `last` byte, both included. */
export async function* readParts(
  objectStore: Pick<ObjectStore, "get">,
  parts: readonly StoredPart[],
  range: { readonly first: number; readonly last: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const { part, from, to } of partsBetween(parts, range)) {
    const bytes = await objectStore.get(fileKey(part.sha256));
    yield bytes.subarray(from, to);
  }
}
