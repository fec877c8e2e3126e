/**
 * Limits the time to prepare a network: its graph and gradient graph. Opening a network blocks its process for this long, and a worker
 * also has to renew its leases of ten seconds.
 */
import { Refusal } from "./refusal.ts";

/** CPU seconds. A convolutional network of 224 MB took 0.8. */
const maxSeconds = 5;

export class Preparation {
  readonly #maxSeconds: number;
  #seconds = 0;

  constructor(limit = maxSeconds) {
    this.#maxSeconds = limit;
  }

  /** @throws Refusal TOO_SLOW once all steps together exceed the limit. */
  step<Result>(compute: () => Result): Result {
    const before = process.cpuUsage();
    const result = compute();
    const { user, system } = process.cpuUsage(before);
    this.#seconds += (user + system) / 1e6;
    if (this.#seconds > this.#maxSeconds)
      throw new Refusal("TOO_SLOW", `This network takes more than ${this.#maxSeconds} seconds to prepare.`);
    return result;
  }
}
