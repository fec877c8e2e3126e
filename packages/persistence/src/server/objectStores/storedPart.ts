/** A part of an archive that is stored in parts: the object files/<sha256>. */
export interface StoredPart {
  readonly sha256: string;
  readonly byteLength: number;
}
