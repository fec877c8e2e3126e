/**
 * What is computed before a network runs: its graph, and that of its gradient. Whoever opens it does this between everything else that
 * it is at (a worker renews its leases, of ten seconds, there), so it may not take long.
 */
import { Refusal } from "./refusal.ts";

/** Of a processor, whatever else runs. A convolutional network of 224 MB was seen to take 0.8. */
const mostSeconds = 5;

export class Preparation {
  readonly #mostSeconds: number;
  #seconds = 0;

  constructor(most = mostSeconds) {
    this.#mostSeconds = most;
  }

  /** @throws Refusal TOO_SLOW once all steps together have taken too long. */
  step<Result>(compute: () => Result): Result {
    const before = process.cpuUsage();
    const result = compute();
    const { user, system } = process.cpuUsage(before);
    this.#seconds += (user + system) / 1e6;
    if (this.#seconds > this.#mostSeconds)
      throw new Refusal(
        "TOO_SLOW",
        `This network takes more than ${this.#mostSeconds} seconds to be made ready, before it computes anything.`,
      );
    return result;
  }
}
