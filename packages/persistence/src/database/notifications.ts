/**
 * Listens to a Postgres channel on its own connection, and reconnects when the connection breaks. Notifications sent meanwhile are lost, so
 * callers read the tables again on `onReconnect`.
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
const longestPause = 2_000;

/** Resolves once the connection listens. @throws AppError UNAVAILABLE when the first connection fails. */
export async function listen(options: ListenOptions): Promise<Listener> {
  if (!channelPattern.test(options.channel)) throw new AppError("INTERNAL", `"${options.channel}" is not a valid channel name.`);
  let closed = false;
  let current: pg.Client | null = null;
  const stop = new AbortController();

  const connect = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: options.url,
      connectionTimeoutMillis: timeout,
      ...sessionSettings({ lockSeconds: timeout / 1000, silenceSeconds: timeout / 1000 }),
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
      // The error of connecting is the one to report.
      await client.end().catch(() => undefined);
      throw error;
    }
    if (closed || lost) {
      await client.end().catch(() => undefined);
      if (!closed) throw new Error("The connection was lost immediately.");
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
        // Postgres is still unavailable, or `close` ended the pause. The loop checks `closed`.
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
