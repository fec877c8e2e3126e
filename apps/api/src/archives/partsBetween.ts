/** Finds the parts of an archive that hold a range of its bytes. */
import type { StoredPart } from "@pareidolia/persistence/server/objectStores/storedPart";

export interface PartSlice {
  readonly part: StoredPart;
  /** Bytes of the part: from the first, to the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** @param first and `last` byte of the archive, both included. */
export function* partsBetween(
  parts: readonly StoredPart[],
  { first, last }: { readonly first: number; readonly last: number },
): Generator<PartSlice> {
  let start = 0;
  for (const part of parts) {
    const from = Math.max(0, first - start);
    const to = Math.min(part.byteLength, last + 1 - start);
    if (from < to) yield { part, from, to };
    start += part.byteLength;
    if (start > last) return;
  }
}
