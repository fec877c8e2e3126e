/** Which images a bundle has, and which of them its rows name: each row names one that it has, and each is named. */
import { notRestorable } from "./notRestorable.ts";

export class ImageNames {
  readonly #unused = new Set<string>();
  readonly #all = new Set<string>();

  declare(sha256: string): void {
    this.#all.add(sha256);
    this.#unused.add(sha256);
  }

  has(sha256: string): boolean {
    return this.#all.has(sha256);
  }

  /** @throws AppError CORRUPT_DATA. */
  use(sha256: string, what: string): void {
    if (!this.#all.has(sha256)) throw notRestorable(`${what} names the image ${sha256.slice(0, 12)}, which the bundle does not have`);
    this.#unused.delete(sha256);
  }

  /** @throws AppError CORRUPT_DATA. */
  requireAllUsed(): void {
    const [first] = this.#unused;
    if (first !== undefined) throw notRestorable(`no row names the image ${first.slice(0, 12)}`);
  }
}
