/** How many bulk queries one process, which also answers requests, reads at once. One that waits for its sender's bucket lends its slot. */
export class BulkSlots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Returns false if none is free. */
  take(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }

  /** Frees the caller's slot until the promise settles, and then waits for a slot again. */
  async lendUntil(settled: Promise<unknown>): Promise<void> {
    this.giveBack();
    try {
      await settled;
    } finally {
      if (!this.take()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
