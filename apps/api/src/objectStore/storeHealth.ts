/** Checks whether the object store is available. Concurrent callers share one check, and its result is valid for a second. */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import type { SharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import type { Logger } from "pino";

const freshFor = 1_000;
const maxCheckMilliseconds = 5_000;
const tooSlow = `The object store did not respond within ${maxCheckMilliseconds / 1000} s.`;

export class StoreHealth {
  readonly #store: SharedStore;
  readonly #logger: Logger;
  #checking: Promise<string | null> | null = null;

  constructor(store: SharedStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** Why the store is unavailable, as a sentence; null if it is available. */
  findProblem(): Promise<string | null> {
    this.#checking ??= Promise.race([this.#check(), sleep(maxCheckMilliseconds, tooSlow, { ref: false })]).finally(() =>
      setTimeout(() => (this.#checking = null), freshFor).unref(),
    );
    return this.#checking;
  }

  async #check(): Promise<string | null> {
    try {
      await this.#store.check();
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.message;
      this.#logger.error({ err: error }, "The check of the object store failed.");
      return "The object store failed. See the API's log for the cause.";
    }
  }
}
