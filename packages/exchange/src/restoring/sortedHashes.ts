/** Hashes that arrive in their order, as bytes: an export may have millions of images, and texts would take four times the memory. */
const hashBytes = 32;

export class SortedHashes {
  #bytes = Buffer.alloc(1_024 * hashBytes);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The hash must come after the last. */
  add(sha256: string): void {
    const at = this.#count * hashBytes;
    if (at === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * at);
    this.#bytes.write(sha256, at, "hex");
    this.#count++;
  }

  at(place: number): string {
    return this.#bytes.toString("hex", place * hashBytes, (place + 1) * hashBytes);
  }

  /** Its place, from 0; -1 for an unknown hash. */
  find(sha256: string): number {
    const wanted = Buffer.from(sha256, "hex");
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.#bytes.compare(wanted, 0, hashBytes, middle * hashBytes, (middle + 1) * hashBytes);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return -1;
  }
}
