/**
 * Listens to Postgres channels, on one connection for all channels of a database, and reconnects when it breaks. Notifications sent meanwhile
 * are lost, so callers read the tables again on `onReconnect`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import { sessionSettings } from "@pareidolia/core/postgresSession";
import pg from "pg";
import { connectionFailure } from "./connectionFailure.ts";

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  readonly onMessage: (payload: string) => void;
  /** Called once a lost connection is replaced. */
  readonly onReconnect?: () => void;
}

export interface Listener {
  close(): Promise<void>;
}

const channelPattern = /^[a-z_]{1,60}$/;
const timeout = 10_000;
const firstPause = 100;
const maxPause = 2_000;

/** The connection to one database, from its first listener to its last. */
class ListeningConnection {
  readonly #url: string;
  readonly #listeners = new Map<string, Set<ListenOptions>>();
  readonly #stop = new AbortController();
  #client: pg.Client | null = null;
  #connecting: Promise<pg.Client> | null = null;
  /** The last statement, since a client runs one at a time. */
  #lastStatement: Promise<unknown> = Promise.resolve();

  constructor(url: string) {
    this.#url = url;
  }

  get isUnused(): boolean {
    return this.#listeners.size === 0;
  }

  /** Resolves once Postgres listens on the channel. */
  async add(options: ListenOptions): Promise<void> {
    const { channel } = options;
    this.#listeners.set(channel, (this.#listeners.get(channel) ?? new Set()).add(options));
    const client = this.#client ?? (await this.#connect());
    await this.#execute(client, `LISTEN ${channel}`);
  }

  remove(options: ListenOptions): void {
    const { channel } = options;
    const ofChannel = this.#listeners.get(channel);
    if (ofChannel?.delete(options) !== true || ofChannel.size > 0) return;
    this.#listeners.delete(channel);
    // If the connection is lost, so is its list of channels.
    if (this.#client !== null) void this.#execute(this.#client, `UNLISTEN ${channel}`).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    const client = this.#client;
    this.#client = null;
    await this.#connecting?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  #execute(client: pg.Client, statement: string): Promise<unknown> {
    const result = this.#lastStatement.catch(() => undefined).then(() => client.query(statement));
    this.#lastStatement = result;
    return result;
  }

  #connect(): Promise<pg.Client> {
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: timeout,
      ...sessionSettings({ lockSeconds: timeout / 1000, silenceSeconds: timeout / 1000 }),
    });
    let lost = false;
    const lose = (): void => {
      if (lost) return;
      lost = true;
      client.removeAllListeners("notification");
      if (this.#client !== client) return;
      this.#client = null;
      if (!this.#stop.signal.aborted) void this.#reconnect();
    };
    client.on("error", lose);
    client.on("end", lose);
    client.on("notification", ({ channel, payload }) => {
      for (const { onMessage } of this.#listeners.get(channel) ?? []) onMessage(payload ?? "");
    });
    try {
      await client.connect();
      for (const channel of this.#listeners.keys()) await client.query(`LISTEN ${channel}`);
    } catch (error) {
      // The error of connecting is the one to report.
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.#stop.signal.aborted || lost) {
      await client.end().catch(() => undefined);
      throw new Error("The connection was lost immediately.");
    }
    this.#client = client;
    return client;
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#stop;
    for (let pause = firstPause; !signal.aborted; pause = Math.min(pause * 2, maxPause))
      try {
        await sleep(pause, undefined, { signal });
        // A new listener may have connected meanwhile.
        if (this.#client === null) await this.#connect();
        for (const ofChannel of this.#listeners.values()) for (const { onReconnect } of ofChannel) onReconnect?.();
        return;
      } catch {
        // Postgres is still unavailable, or `close` ended the pause. The loop checks the signal.
      }
  }
}

/** By the database's URL. */
const connections = new Map<string, ListeningConnection>();

/** Resolves once the connection listens. @throws AppError UNAVAILABLE when the first connection fails. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { url, channel } = options;
  if (!channelPattern.test(channel)) throw new AppError("INTERNAL", `"${channel}" is not a valid channel name.`);
  const connection = connections.get(url) ?? new ListeningConnection(url);
  connections.set(url, connection);
  const close = async (): Promise<void> => {
    connection.remove(options);
    if (!connection.isUnused) return;
    if (connections.get(url) === connection) connections.delete(url);
    await connection.close();
  };
  try {
    await connection.add(options);
  } catch (cause) {
    await close();
    throw connectionFailure(url, cause);
  }
  return { close };
}
