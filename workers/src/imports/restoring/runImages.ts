/** The images of the genomes of one run, by their addresses. A run may have millions of genomes, so hashes are bytes. */
import { AppError } from "@pareidolia/core/appError";
import { SortedAddresses } from "@pareidolia/exchange/restoring/sortedAddresses";

const hashBytes = 32;

export class RunImages {
  readonly run: number;
  readonly #addresses = new SortedAddresses(2);
  #hashes = Buffer.alloc(1_024 * hashBytes);
  #count = 0;

  constructor(run: number) {
    this.run = run;
  }

  /** The address must come after the last. */
  add(generation: number, index: number, image: string): void {
    const at = this.#count++ * hashBytes;
    if (at === this.#hashes.length) this.#hashes = Buffer.concat([this.#hashes], 2 * at);
    this.#hashes.write(image, at, "hex");
    this.#addresses.add(generation, index);
  }

  /** @throws AppError CORRUPT_DATA for an address that was not added. */
  of(generation: number, index: number): string {
    const at = this.#addresses.find(generation, index) * hashBytes;
    if (at < 0) throw new AppError("CORRUPT_DATA", `An elite has the genome ${generation}.${index}, which its run does not have.`);
    return this.#hashes.toString("hex", at, at + hashBytes);
  }
}
