/** Remembers when each key was last used and writes it in batches, so that checking a key writes nothing. */
import { noteKeyUses } from "@pareidolia/persistence/access/accounts/apiKeys";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Logger } from "pino";

const millisecondsBetweenWrites = 30_000;

export class KeyUses {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  #uses = new Map<string, Date>();

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
    this.#timer = setInterval(() => void this.write(), millisecondsBetweenWrites);
    this.#timer.unref();
  }

  note(keyId: string): void {
    this.#uses.set(keyId, new Date());
  }

  /** Uses that cannot be written are kept for the next time, unless the key is used again. */
  async write(): Promise<void> {
    const uses = this.#uses;
    if (uses.size === 0) return;
    this.#uses = new Map();
    try {
      await noteKeyUses(this.#database.connection, uses);
    } catch (error) {
      this.#logger.warn({ err: error }, "The last uses of API keys could not be written; they are kept.");
      this.#uses = new Map([...uses, ...this.#uses]);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }
}
