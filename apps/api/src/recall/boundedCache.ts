/** A cache in memory whose values together stay below a weight: the values that were not used for longest go first. */

export class BoundedCache<Value> {
  readonly #most: number;
  readonly #weigh: (value: Value) => number;
  /** Longest unused first. */
  readonly #values = new Map<string, Value>();
  #weight = 0;

  /** `most` is in the unit of `weigh`, such as bytes. A value heavier than that is not kept. */
  constructor(most: number, weigh: (value: Value) => number) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    this.#values.set(key, value);
    this.#weight += this.#weigh(value);
    for (const oldest of this.#values.keys()) {
      if (this.#weight <= this.#most) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.#values.get(key);
    if (value === undefined) return;
    this.#values.delete(key);
    this.#weight -= this.#weigh(value);
  }
}
