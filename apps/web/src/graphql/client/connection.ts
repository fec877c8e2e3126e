/** The WebSocket to the API, opened when first needed, and whether it stands: a page that shows live numbers says when they are not. */
import { type Client, createClient } from "graphql-ws";

export type ConnectionState = "idle" | "open" | "lost";

let client: Client | null = null;
let state: ConnectionState = "idle";
const listeners = new Set<() => void>();

function become(next: ConnectionState): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

export function connectionState(): ConnectionState {
  return state;
}

export function onConnectionState(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function webSocketClient(): Client {
  client ??= createClient({
    url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => {
      await new Promise((done) => setTimeout(done, Math.min(10_000, 250 * 2 ** Math.min(retries, 6))));
    },
    keepAlive: 15_000,
    on: {
      connected: () => become("open"),
      closed: (event) => become((event as CloseEvent).code === 1000 ? "idle" : "lost"),
      error: () => become("lost"),
    },
  });
  return client;
}
