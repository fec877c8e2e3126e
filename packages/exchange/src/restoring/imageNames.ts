/** Which images a bundle has, and which of them its rows name: each row names one that it has, and each is named. */
import { notRestorable } from "./notRestorable.ts";
import { SortedHashes } from "./sortedHashes.ts";

export class ImageNames {
  readonly #all = new SortedHashes();
  #isUsed = new Uint8Array(1_024);
  #unused = 0;

  /** The hash must come after the last. */
  declare(sha256: string): void {
    if (this.#all.count === this.#isUsed.length) {
      const isUsed = new Uint8Array(2 * this.#isUsed.length);
      isUsed.set(this.#isUsed);
      this.#isUsed = isUsed;
    }
    this.#all.add(sha256);
    this.#unused++;
  }

  has(sha256: string): boolean {
    return this.#all.find(sha256) >= 0;
  }

  /** @throws AppError CORRUPT_DATA. */
  use(sha256: string, what: string): void {
    const place = this.#all.find(sha256);
    if (place < 0) throw notRestorable(`${what} names the image ${sha256.slice(0, 12)}, which the bundle does not have`);
    if (this.#isUsed[place] === 0) this.#unused--;
    this.#isUsed[place] = 1;
  }

  /** @throws AppError CORRUPT_DATA. */
  requireAllUsed(): void {
    if (this.#unused > 0) throw notRestorable(`no row names the image ${this.#all.at(this.#isUsed.indexOf(0)).slice(0, 12)}`);
  }
}
