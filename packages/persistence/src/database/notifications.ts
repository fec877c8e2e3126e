/**
 * Listens to one channel of Postgres on a connection of its own and opens another when that one breaks.
 * A notification is a hint that may be lost with the connection: `onReconnect` is the moment to look for oneself.
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
  /** After a connection that had broken stands again. */
  readonly onReconnect?: () => void;
}

export interface Listener {
  close(): Promise<void>;
}

const channelPattern = /^[a-z_]{1,60}$/;
const patience = 10_000;
const firstPause = 100;
const longestPause = 2_000;

/** Resolves once it listens. @throws AppError UNAVAILABLE when the first connection fails. */
export async function listen(options: ListenOptions): Promise<Listener> {
  if (!channelPattern.test(options.channel)) throw new AppError("INTERNAL", `"${options.channel}" is no channel's name.`);
  let closed = false;
  let current: pg.Client | null = null;
  const stop = new AbortController();

  const connect = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: options.url,
      connectionTimeoutMillis: patience,
      ...sessionSettings({ lockSeconds: patience / 1000, silenceSeconds: patience / 1000 }),
    });
    let lost = false;
    const lose = (): void => {
      if (lost) return;
      lost = true;
      client.removeAllListeners("notification");
      if (current === client) {
        current = null;
        if (!closed) void reconnect();
      }
    };
    client.on("error", lose);
    client.on("end", lose);
    client.on("notification", ({ payload }) => options.onMessage(payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${options.channel}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (closed || lost) {
      await client.end().catch(() => undefined);
      if (!closed) throw new Error("The connection broke at once.");
      return;
    }
    current = client;
  };
  const reconnect = async (): Promise<void> => {
    for (let pause = firstPause; !closed; pause = Math.min(pause * 2, longestPause))
      try {
        await sleep(pause, undefined, { signal: stop.signal });
        await connect();
        if (!closed) options.onReconnect?.();
        return;
      } catch {
        // Postgres is still away, or `stop` woke the pause: the loop decides by `closed`, and missed messages are read again on reconnect.
      }
  };

  try {
    await connect();
  } catch (cause) {
    throw connectionFailure(options.url, cause);
  }
  return {
    async close() {
      closed = true;
      stop.abort();
      const client = current;
      current = null;
      await client?.end().catch(() => undefined);
    },
  };
}
