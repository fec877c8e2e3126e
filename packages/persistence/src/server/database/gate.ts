/** A first-come, first-served semaphore. Work waits for a free slot up to a time limit. */
import { databaseBusy } from "./tooExpensive.ts";

export class Gate {
  readonly #waiting = new Set<() => void>();
  readonly #milliseconds: number;
  #free: number;

  constructor(options: { readonly slots: number; readonly waitSeconds: number }) {
    this.#free = options.slots;
    this.#milliseconds = options.waitSeconds * 1000;
  }

  /** @throws AppError TOO_EXPENSIVE when no slot becomes free in time. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(enter);
        reject(databaseBusy());
      }, this.#milliseconds);
      this.#waiting.add(enter);
    });
  }

  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
