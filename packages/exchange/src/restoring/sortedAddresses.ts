/**
 * Addresses of rows, which arrive in their order, as plain numbers: a bundle may have millions of rows, and texts would take ten times the
 * memory.
 */
export class SortedAddresses {
  readonly #width: number;
  #values: Float64Array;
  #count = 0;

  /** @param width numbers of an address. */
  constructor(width: number) {
    this.#width = width;
    this.#values = new Float64Array(1_024 * width);
  }

  /** The address must come after the last. */
  add(...address: readonly number[]): void {
    const at = this.#count * this.#width;
    if (at === this.#values.length) {
      const larger = new Float64Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values.set(address, at);
    this.#count++;
  }

  has(...address: readonly number[]): boolean {
    return this.find(...address) >= 0;
  }

  /** Its place, from 0; -1 for an unknown address. */
  find(...address: readonly number[]): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.#compare(middle, address);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return -1;
  }

  #compare(row: number, address: readonly number[]): number {
    for (let place = 0; place < this.#width; place++) {
      const difference = (this.#values[row * this.#width + place] as number) - (address[place] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
