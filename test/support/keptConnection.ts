/**
 * A connection that stays open from its first use, and is opened again once it is lost. The first statement on a table reads the catalogue,
 * so a new connection spends 50 ms of processor time on the tables of a database that is to be restored.
 */
import pg from "pg";

/** Its name in pg_stat_activity, for tests that count connections. */
export const keptName = "kept by the tests";

export class KeptConnection {
  readonly #url: string;
  #client: pg.Client | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  /** Repeats the work once if the connection was lost since the last use. */
  async use<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const kept = this.#client;
    if (kept !== null)
      try {
        return await work(kept);
      } catch {
        await this.close();
      }
    return work(await this.#open());
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#url, application_name: keptName }) as pg.Client & { unref(): void };
    const lose = (): void => {
      if (this.#client === client) this.#client = null;
    };
    client.on("error", lose);
    client.on("end", lose);
    await client.connect();
    // It keeps no process alive.
    client.unref();
    this.#client = client;
    return client;
  }
}
