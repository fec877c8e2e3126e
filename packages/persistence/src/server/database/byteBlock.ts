/** The bytes of many rows as one parameter of a statement. */

/** Concatenated bytes. Postgres counts from 1. */
export class ByteBlock {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  add(bytes: Uint8Array): { readonly start: number; readonly length: number } {
    const start = this.#length + 1;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return { start, length: bytes.length };
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Buffer.concat(this.#parts));
  }
}
