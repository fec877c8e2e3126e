/** Whether the object store works now. Callers share one look, and one that was taken a moment ago. */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import type { SharedStore } from "@pareidolia/persistence/objectStores/sharedStore";

const freshFor = 1_000;
/** Whoever asks wants to know soon. */
const longestLook = 5_000;
const tooSlow = `The object store did not answer within ${longestLook / 1000} s.`;

export class StoreHealth {
  readonly #store: SharedStore;
  #look: Promise<string | null> | null = null;

  constructor(store: SharedStore) {
    this.#store = store;
  }

  /** Why it does not work, as a sentence; null when it does. */
  findProblem(): Promise<string | null> {
    this.#look ??= Promise.race([this.#check(), sleep(longestLook, tooSlow, { ref: false })]).finally(() =>
      setTimeout(() => (this.#look = null), freshFor).unref(),
    );
    return this.#look;
  }

  async #check(): Promise<string | null> {
    try {
      await this.#store.check();
      return null;
    } catch (error) {
      return error instanceof AppError ? error.message : "The object store failed. The API's log says why.";
    }
  }
}
