/**
 * The hash chain of a run without generations. Its steps are in the order of the plan, whatever the order in which they end, so the chain
 * does not depend on batches, checkpoints or interruptions.
 */
import { hashDocument, nextOfChain } from "@pareidolia/core/hashChain";
import { sha256 } from "./sha256.ts";

export interface StepHash {
  readonly step: number;
  readonly hash: string;
}

export class StepChain {
  #next: number;
  #hash: string;

  /** `start`: the hash before step 0. `stored`: the last stored step, null before the first. */
  constructor(start: string, stored: StepHash | null) {
    this.#next = stored === null ? 0 : stored.step + 1;
    this.#hash = stored?.hash ?? start;
  }

  /** The next step without a hash. */
  get next(): number {
    return this.#next;
  }

  append(document: unknown): StepHash {
    const step = this.#next++;
    this.#hash = nextOfChain({ previous: this.#hash, step, content: hashDocument(document, sha256) }, sha256);
    return { step, hash: this.#hash };
  }
}
