/**
 * Work that starts after the response is sent, so that its duration tells the client nothing, such as whether an address has an account.
 * Closing waits for it.
 */
import type { Logger } from "pino";

export class AfterResponse {
  readonly #logger: Logger;
  readonly #running = new Set<Promise<void>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  start(what: string, work: () => Promise<unknown>): void {
    const running = work()
      .then(() => undefined)
      .catch((error: unknown) => this.#logger.error({ err: error }, `${what} failed.`))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async close(): Promise<void> {
    await Promise.all(this.#running);
  }
}
